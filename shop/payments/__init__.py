"""Payments: an attempt to pay, what a provider told of it, and what that does to an order."""

__all__ = [
    "attempts",
    "books",
    "checking",
    "closing",
    "confirming",
    "counting",
    "delivery",
    "fulfil",
    "gate",
    "giving",
    "inbox",
    "invoices",
    "ledger",
    "methods",
    "reconcile",
    "refunds",
    "requests",
    "returns",
    "rows",
    "settle",
]

"""Upkeep: what time does to orders, asked for by a schedule."""

from shop.upkeep.expiry import expire_orders, request_reviews

__all__ = ["expire_orders", "request_reviews", "set_aside"]

"""A customer's case against a capture: opened, and decided for one side."""

from simulator.paypal.account import Account
from simulator.paypal.errors import new_id
from simulator.paypal.records import Dispute
from simulator.paypal.shapes import dispute_json

_ENDS = {True: "RESOLVED_SELLER_FAVOUR", False: "RESOLVED_BUYER_FAVOUR"}


def open_dispute(account: Account, capture_id: str, reason: str) -> Dispute:
    """The customer opens a case over the whole capture, or PayPal does for the bank."""
    capture = account.capture(capture_id)
    now = account.now()
    dispute = Dispute(f"PP-D-{new_id()[:6]}", now, now, capture.id, capture.amount, reason)
    account.disputes[dispute.id] = dispute
    capture.disputed = True
    _tell(account, dispute, "CREATED")
    return dispute


def close(account: Account, dispute_id: str, *, won: bool) -> Dispute:
    """Decide a case; `won` is the seller's view."""
    dispute = account.dispute(dispute_id)
    dispute.status, dispute.outcome, dispute.updated = "RESOLVED", _ENDS[won], account.now()
    account.capture(dispute.capture).disputed = False
    _tell(account, dispute, "RESOLVED")
    return dispute


def _tell(account: Account, dispute: Dispute, what: str) -> None:
    summary = f"Dispute {dispute.id}: {what.lower()}"
    account.record(f"CUSTOMER.DISPUTE.{what}", "dispute", summary, dispute_json(dispute))

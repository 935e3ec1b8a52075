"""Disputes: a bank takes money back, and later decides who keeps it."""

from simulator.stripe import balance
from simulator.stripe.account import Account
from simulator.stripe.errors import StripeError
from simulator.stripe.ids import new_id
from simulator.stripe.records import Charge, Dispute
from simulator.stripe.shapes import Json
from simulator.stripe.shapes.aftermath import dispute_json


def open_dispute(account: Account, charge: Charge, reason: str) -> Dispute:
    """Open a dispute over what the charge still holds; the money leaves the balance at once."""
    if charge.status != "succeeded" or charge.disputed:
        raise StripeError(f"Charge {charge.id} cannot be disputed.")
    dispute = Dispute(
        id=new_id("dp_1"),
        created=account.now(),
        amount=charge.amount - account.refunded(charge),
        currency=charge.currency,
        charge=charge.id,
        payment_intent=charge.payment_intent,
        reason=reason,
    )
    charge.disputed = True
    account.disputes[dispute.id] = dispute
    balance.add_dispute(account, dispute)
    account.record("charge.dispute.created", full_json(account, dispute))
    account.record("charge.dispute.funds_withdrawn", full_json(account, dispute))
    return dispute


def close(account: Account, dispute: Dispute, *, won: bool) -> Dispute:
    """Decide a dispute; money comes back only when it is won."""
    if dispute.status in ("won", "lost"):
        raise StripeError("This dispute is already closed.")
    dispute.status = "won" if won else "lost"
    account.record("charge.dispute.closed", full_json(account, dispute))
    if won:
        balance.return_dispute(account, dispute)
        account.record("charge.dispute.funds_reinstated", full_json(account, dispute))
    return dispute


def full_json(account: Account, dispute: Dispute) -> Json:
    """Return the dispute with its balance transactions."""
    return dispute_json(dispute, [account.balance[move] for move in dispute.balance_transactions])

"""Giving a capture back, in parts, within PayPal's limits."""

from decimal import Decimal

from simulator.paypal import names
from simulator.paypal.account import Account
from simulator.paypal.errors import new_id, refused
from simulator.paypal.money import Money, read_money
from simulator.paypal.records import Capture, Refund, RefundStatus
from simulator.paypal.shapes import refund_json

TIME_LIMIT_SECONDS = 180 * 86_400
MOST = 100  # refunds of one capture
OUTCOMES = ("COMPLETED", "PENDING", "FAILED", "CANCELLED", "INSUFFICIENT_FUNDS")


def create(account: Account, capture_id: str, body: object) -> Refund:
    """`POST /v2/payments/captures/:id/refund`: all that is left, or the amount."""
    capture = account.capture(capture_id)
    asked = names.part(body, "", names.REFUND)
    _may_be_refunded(account, capture)
    left = Money(capture.amount.currency, capture.amount.value - given_back(account, capture))
    amount = read_money(asked["amount"], "/amount") if "amount" in asked else left
    if not left.value:
        raise refused("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded.")
    if amount.currency != capture.amount.currency:
        raise refused("CURRENCY_MISMATCH", "The currency of the refund must be that of the capture.")
    if amount.value > left.value:
        raise refused("REFUND_AMOUNT_EXCEEDED", "The refund amount must be less than or equal to what is left.")
    outcome = account.refund_outcomes.pop(0) if account.refund_outcomes else "COMPLETED"
    if outcome == "INSUFFICIENT_FUNDS":
        raise refused("REFUND_FAILED_INSUFFICIENT_FUNDS", "Capture could not be refunded due to insufficient funds.")
    now = account.now()
    refund = Refund(
        new_id(),
        now,
        now,
        capture.id,
        amount,
        "PENDING" if outcome == "PENDING" else "FAILED" if outcome == "FAILED" else "COMPLETED",
        custom_id=names.text(asked, "", "custom_id", 127),
        invoice_id=names.text(asked, "", "invoice_id", 127),
        note=names.text(asked, "", "note_to_payer", 255),
        reason="ECHECK" if outcome == "PENDING" else None,
    )
    account.refunds[refund.id] = refund
    _restate(account, capture)
    if refund.status == "COMPLETED":
        tell(account, refund)
    return refund


def move(account: Account, refund_id: str, status: RefundStatus) -> Refund:
    """Let the bank answer about a refund now."""
    refund = account.refund(refund_id)
    refund.status, refund.reason, refund.updated = status, None, account.now()
    _restate(account, account.capture(refund.capture))
    if status == "COMPLETED":
        tell(account, refund)
    return refund


def given_back(account: Account, capture: Capture) -> Decimal:
    """Return what went back or is on its way."""
    refunds = account.refunds_of(capture)
    return sum((one.amount.value for one in refunds if one.status in ("COMPLETED", "PENDING")), Decimal())


def tell(account: Account, refund: Refund) -> None:
    """Record `PAYMENT.CAPTURE.REFUNDED`."""
    account.record("PAYMENT.CAPTURE.REFUNDED", "refund", "A capture payment was refunded", refund_json(refund))


def _may_be_refunded(account: Account, capture: Capture) -> None:
    if capture.status == "PENDING":
        raise refused("PENDING_CAPTURE", "Cannot initiate a refund as the capture is pending.")
    if capture.status == "DECLINED":
        raise refused("CAPTURE_STATUS_NOT_VALID", "Capture status is invalid for a refund.")
    if capture.disputed:
        raise refused("TRANSACTION_DISPUTED", "Partial refunds cannot be offered at this time: there is a dispute.")
    if capture.created + TIME_LIMIT_SECONDS <= account.now():
        raise refused("REFUND_TIME_LIMIT_EXCEEDED", "You are over the time limit to perform a refund on this capture.")
    if len(account.refunds_of(capture)) >= MOST:
        raise refused("MAX_NUMBER_OF_REFUNDS_EXCEEDED", "You have exceeded the number of refunds for this capture.")


def _restate(account: Account, capture: Capture) -> None:
    back = given_back(account, capture)
    capture.status = "COMPLETED" if not back else "REFUNDED" if back == capture.amount.value else "PARTIALLY_REFUNDED"
    capture.updated = account.now()

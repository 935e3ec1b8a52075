"""Refunds: never more than was captured, sometimes late, sometimes failing afterwards."""

from simulator.stripe import balance
from simulator.stripe.account import Account
from simulator.stripe.checkout import metadata
from simulator.stripe.errors import StripeError, invalid, missing, not_simulated
from simulator.stripe.forms import Params
from simulator.stripe.ids import new_id
from simulator.stripe.money import check_currency, check_shape, words
from simulator.stripe.records import Charge, Refund, RefundStatus
from simulator.stripe.shapes.aftermath import refund_json
from simulator.stripe.shapes.payment import charge_json

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
_BY_CARD: dict[str, RefundStatus] = {"refund_pending": "pending", "refund_fails": "failed"}


def create(account: Account, params: Params) -> Refund:
    """Refund a charge, all that is left of it unless `amount` says otherwise; raises StripeError as Stripe would."""
    for name in ("customer", "origin", "refund_application_fee", "reverse_transfer"):
        if params.text(name) not in (None, "false"):
            raise not_simulated(name)
    amount = params.positive("amount")
    reason = params.choice("reason", _REASONS)
    notes = metadata(params)
    charge = _target(account, params)
    left = charge.amount - account.refunded(charge)
    if left == 0:
        raise StripeError(f"Charge {charge.id} has already been refunded.", code="charge_already_refunded")
    if any(dispute.charge == charge.id and dispute.status != "won" for dispute in account.disputes.values()):
        raise StripeError(f"Charge {charge.id} has been charged back; cannot issue a refund.", code="charge_disputed")
    wanted = left if amount is None else check_shape(amount, charge.currency, "amount")
    if wanted > left:
        raise StripeError(
            f"Refund amount ({words(wanted, charge.currency)}) is greater than unrefunded amount on charge "
            f"({words(left, charge.currency)})",
            param="amount",
        )
    refund = Refund(
        id=new_id("re_3"),
        created=account.now(),
        amount=wanted,
        currency=charge.currency,
        charge=charge.id,
        payment_intent=charge.payment_intent,
        reason=reason,
        metadata=notes,
    )
    _decide(account, refund, charge)
    account.refunds[refund.id] = refund
    balance.add_refund(account, refund)
    account.record("refund.created", refund_json(refund))
    account.record("charge.refunded", charge_json(charge, account.refunded(charge)))
    return refund


def move(account: Account, refund: Refund, status: RefundStatus) -> Refund:
    """Let the bank answer about a refund: it succeeds, fails or is cancelled; the money returns unless it succeeds."""
    if refund.status in ("failed", "canceled"):
        raise StripeError(f"Refund {refund.id} is already {refund.status}.")
    before, refund.status = refund.status, status
    refund.becomes = refund.settles_at = None
    if status == "failed":
        refund.failure_reason = "expired_or_canceled_card"
    if status in ("failed", "canceled"):
        balance.return_refund(account, refund)
    account.record("refund.updated", refund_json(refund), {"status": before})
    if status == "failed":
        account.record("refund.failed", refund_json(refund), {"status": before})
    return refund


def _decide(account: Account, refund: Refund, charge: Charge) -> None:
    """A failing refund starts out well, as with Stripe's own test card: only later does the bank say no."""
    by_card = _BY_CARD.get(charge.method.then, "succeeded")
    outcome = account.refund_outcomes.pop(0) if account.refund_outcomes else by_card
    if outcome == "pending":
        refund.status, refund.becomes = "pending", "succeeded"
    elif outcome == "failed":
        refund.becomes = "failed"
    if refund.becomes is not None:
        refund.settles_at = account.now() + account.settle_seconds


def _target(account: Account, params: Params) -> Charge:
    intent_id, charge_id = params.text("payment_intent"), params.text("charge")
    if intent_id is None and charge_id is None:
        raise missing("payment_intent")
    if intent_id is not None:
        intent = account.intent(intent_id, "payment_intent")
        charge = account.charges.get(intent.latest_charge or "")
        if charge is None or charge.status != "succeeded":
            raise StripeError(
                f"This PaymentIntent ({intent.id}) does not have a successful charge to refund.",
                code="payment_intent_unexpected_state",
                param="payment_intent",
            )
    else:
        charge = account.charge(charge_id or "", "charge")
        if charge.status != "succeeded":
            raise StripeError(f"Charge {charge.id} did not succeed; there is nothing to refund.", param="charge")
    currency = params.text("currency")
    if currency is not None and check_currency(currency, "currency") != charge.currency:
        raise invalid("The refund must be in the charge's currency.", "currency")
    return charge

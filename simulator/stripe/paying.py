"""Pay a session with a test card or a bank debit, and what follows at once or later."""

import re
from dataclasses import dataclass

from simulator.stripe import balance, disputes
from simulator.stripe.account import Account
from simulator.stripe.cards import DECLINES, Method, find_method
from simulator.stripe.errors import StripeError, invalid, missing
from simulator.stripe.ids import new_id
from simulator.stripe.records import Charge, Intent, Session, Shipping
from simulator.stripe.shapes.payment import charge_json, intent_json
from simulator.stripe.shapes.session import session_json


@dataclass(frozen=True, slots=True)
class Buyer:
    """What a person fills in on the hosted page; `rate` is the place of the chosen delivery."""

    email: str = "ann@example.com"
    name: str = "Ann Example"
    shipping: Shipping | None = None
    rate: int = 0
    phone: str = ""


def pay(account: Account, session_id: str, card: str, buyer: Buyer) -> Session:
    """Press Pay. Raises StripeError with 402 on a decline; a second step leaves the intent at `requires_action`."""
    session = _open_session(account, session_id)
    method = find_method(card)
    if method.kind not in session.method_kinds:
        raise invalid(f"This session does not take {method.kind}.", "payment_method")
    _fill_in(session, buyer)
    intent = _intent(account, session)
    intent.method, intent.method_id = method, new_id("pm_1")
    match method.fate:
        case "declined":
            raise _decline(account, intent, method)
        case "second_step":
            intent.status = "requires_action"
            account.record("payment_intent.requires_action", intent_json(intent))
        case "later" | "later_fails":
            _start_debit(account, session, intent, method)
        case "pays":
            _succeed(account, session, intent, _charge(account, intent, method))
    return session


def authenticate(account: Account, session_id: str, *, passed: bool) -> Session:
    """Finish the second step that the bank asked for; raises StripeError with 402 when the person failed it."""
    session = _open_session(account, session_id)
    intent = _intent(account, session)
    if intent.status != "requires_action" or intent.method is None:
        raise StripeError("This payment does not wait for authentication.", code="payment_intent_unexpected_state")
    if passed:
        _succeed(account, session, intent, _charge(account, intent, intent.method))
        return session
    message = "We are unable to authenticate your payment method. Please choose a different one and try again."
    raise _refuse(account, intent, "payment_intent_authentication_failure", message, None)


def settle(account: Account, session_id: str, *, succeeded: bool) -> Session:
    """Let the bank answer about a debit that was waiting."""
    session = account.session(session_id)
    intent = account.intent(session.payment_intent or "")
    charge = account.charge(intent.latest_charge or "")
    if intent.status != "processing":
        raise StripeError("This payment is not processing.", code="payment_intent_unexpected_state")
    intent.settles_at = None
    if succeeded:
        charge.status, intent.status, session.payment_status = "succeeded", "succeeded", "paid"
        balance.add_charge(account, charge)
        account.record("charge.succeeded", charge_json(charge, 0))
        account.record("payment_intent.succeeded", intent_json(intent))
        account.record("checkout.session.async_payment_succeeded", session_json(session))
    else:
        charge.status, charge.failure = "failed", "The customer's bank could not take the debit."
        account.record("charge.failed", charge_json(charge, 0))
        _refuse(account, intent, "payment_intent_payment_attempt_failed", charge.failure, charge)
        account.record("checkout.session.async_payment_failed", session_json(session))
    return session


def _open_session(account: Account, session_id: str) -> Session:
    session = account.session(session_id)
    if session.status == "complete":
        raise StripeError("You've already completed this payment.", code="payment_intent_unexpected_state")
    if session.status == "expired" or session.expires_at <= account.now():
        raise StripeError("This checkout session has expired.", code="resource_expired")
    return session


def _fill_in(session: Session, buyer: Buyer) -> None:
    if session.countries:
        if buyer.shipping is None:
            raise missing("shipping_details")
        if buyer.shipping.address.get("country") not in session.countries:
            raise invalid("We cannot ship to this country.", "shipping_details[address][country]")
        session.shipping = buyer.shipping
    if session.rates:
        if not 0 <= buyer.rate < len(session.rates):
            raise invalid("No such shipping option.", "shipping_option")
        session.chosen_rate = session.rates[buyer.rate]
    if session.phone:
        if not re.fullmatch(r"\+[1-9]\d{5,14}", buyer.phone):  # the page brings it into E.164
            raise invalid("Your phone number is incomplete.", "customer_details[phone]")
        session.phone_number = buyer.phone
    session.email = session.customer_email or buyer.email
    session.name = buyer.name


def _intent(account: Account, session: Session) -> Intent:
    if session.payment_intent is None:
        intent = Intent(
            id=new_id("pi_3"),
            created=account.now(),
            amount=session.total,
            currency=session.currency,
            metadata=dict(session.intent_metadata),
            description=session.intent_description,
            session=session.id,
        )
        account.intents[intent.id] = intent
        session.payment_intent = intent.id
        account.record("payment_intent.created", intent_json(intent))
    intent = account.intents[session.payment_intent]
    intent.amount = session.total
    intent.shipping, intent.email, intent.name = session.shipping, session.email, session.name
    return intent


def _charge(account: Account, intent: Intent, method: Method) -> Charge:
    charge = Charge(
        id=new_id("ch_3" if method.kind == "card" else "py_3"),
        created=account.now(),
        amount=intent.amount,
        currency=intent.currency,
        payment_intent=intent.id,
        method=method,
        metadata=dict(intent.metadata),
        description=intent.description,
        method_id=intent.method_id,
        email=intent.email,
        name=intent.name,
        shipping=intent.shipping,
    )
    account.charges[charge.id] = charge
    intent.latest_charge = charge.id
    return charge


def _succeed(account: Account, session: Session, intent: Intent, charge: Charge) -> None:
    intent.status, intent.last_error = "succeeded", None
    session.status, session.payment_status = "complete", "paid"
    balance.add_charge(account, charge)
    account.record("charge.succeeded", charge_json(charge, 0))
    account.record("payment_intent.succeeded", intent_json(intent))
    account.record("checkout.session.completed", session_json(session))
    if charge.method.then == "disputed":
        disputes.open_dispute(account, charge, "fraudulent")


def _start_debit(account: Account, session: Session, intent: Intent, method: Method) -> None:
    charge = _charge(account, intent, method)
    charge.status, intent.status = "pending", "processing"
    intent.settles_at = account.now() + account.settle_seconds
    session.status = "complete"
    account.record("charge.pending", charge_json(charge, 0))
    account.record("payment_intent.processing", intent_json(intent))
    account.record("checkout.session.completed", session_json(session))


def _decline(account: Account, intent: Intent, method: Method) -> StripeError:
    charge = _charge(account, intent, method)
    charge.status = "failed"
    charge.failure, charge.decline_code = DECLINES[method.decline_code], method.decline_code
    account.record("charge.failed", charge_json(charge, 0))
    return _refuse(account, intent, "card_declined", charge.failure, charge)


def _refuse(account: Account, intent: Intent, code: str, message: str, charge: Charge | None) -> StripeError:
    intent.status = "requires_payment_method"
    intent.last_error = {"type": "card_error", "code": code, "message": message}
    if charge is not None:
        intent.last_error |= {"charge": charge.id}
        if charge.decline_code is not None:  # what has no reason of a bank has no field either
            intent.last_error |= {"decline_code": charge.decline_code}
    account.record("payment_intent.payment_failed", intent_json(intent))
    decline = charge.decline_code if charge else None
    return StripeError(message, status=402, kind="card_error", code=code, decline_code=decline)

"""What Stripe's objects mean to the shop."""

from collections.abc import Mapping
from typing import Any

from shop.payments.counting import STRIPE
from shop.ports import EventKind, ProviderEvent

SESSION_KINDS = {
    "checkout.session.completed": EventKind.PAID,
    "checkout.session.async_payment_succeeded": EventKind.PAID,
    "checkout.session.async_payment_failed": EventKind.FAILED,
    "checkout.session.expired": EventKind.EXPIRED,
}
REFUND_KINDS = {
    "refund.created": EventKind.REFUNDED,
    "refund.updated": EventKind.REFUNDED,
    "refund.failed": EventKind.REFUND_FAILED,
}
DISPUTE_KINDS = {
    "charge.dispute.created": EventKind.DISPUTED,
    "charge.dispute.updated": EventKind.DISPUTED,
    "charge.dispute.closed": EventKind.DISPUTED,
}
DISPUTE_ENDS = {  # every other status, an appeal too, is an open dispute
    "won": EventKind.DISPUTE_WON,
    "warning_closed": EventKind.DISPUTE_WON,  # an inquiry that never became a dispute
    "prevented": EventKind.DISPUTE_WON,  # it never became one, unless money was taken for it: see read_dispute
    "lost": EventKind.DISPUTE_LOST,
}
HEARD = (*SESSION_KINDS, *REFUND_KINDS, *DISPUTE_KINDS)
GAVE_UP = ("requires_payment_method", "canceled")  # of a payment intent whose session is complete

Json = Mapping[str, Any]


def read_event(event: Json) -> ProviderEvent | None:
    """What an event told when it was made; None for a type that we do not need, or a payment that is not ours."""
    kind, thing = str(event["type"]), event["data"]["object"]
    if kind in SESSION_KINDS:
        payload = _payload(thing)
        if payload is None:
            return None
        return ProviderEvent(
            provider="stripe",
            event_id=str(event["id"]),
            kind=SESSION_KINDS[kind],
            reference=thing["id"],
            payload=payload,
        )
    if kind in REFUND_KINDS or kind in DISPUTE_KINDS:
        return ProviderEvent(
            provider="stripe",
            event_id=str(event["id"]),
            kind=REFUND_KINDS.get(kind) or DISPUTE_KINDS[kind],
            refund_reference=thing["id"],
            charge_id=thing.get("payment_intent"),
            provider_charge_id=thing.get("charge"),  # all that a card paid in the chat has
        )
    return None


def read_session(session: Json) -> ProviderEvent | None:
    """How a payment page stands (its payment intent and shipping rate are expanded); None while it is open."""
    kind = _session_kind(session)
    if kind is None:
        return None
    currency = str(session["currency"]).upper()
    intent = session.get("payment_intent")
    charge = intent.get("id") if isinstance(intent, Mapping) else intent
    latest = intent.get("latest_charge") if isinstance(intent, Mapping) else None
    return ProviderEvent(
        provider="stripe",
        event_id=f"state:{session['id']}:{kind.value}",
        kind=kind,
        reference=session["id"],
        payload=_payload(session),
        amount=STRIPE.read(int(session["amount_total"] or 0), currency),
        currency=currency,
        charge_id=charge if kind is EventKind.PAID else None,
        provider_charge_id=latest if isinstance(latest, str) and kind is EventKind.PAID else None,
        shipping_option=_shipping_option(session),
        address=_address(session),
        note=_why(intent) if kind is EventKind.FAILED else "",
    )


def read_refund(refund: Json, event_id: str) -> ProviderEvent | None:
    """How a refund stands; None while the bank is at it."""
    kinds = {
        "succeeded": EventKind.REFUNDED,
        "failed": EventKind.REFUND_FAILED,
        "canceled": EventKind.REFUND_FAILED,
    }
    kind = kinds.get(str(refund["status"]))
    if kind is None:
        return None
    currency = str(refund["currency"]).upper()
    return ProviderEvent(
        provider="stripe",
        event_id=event_id,
        kind=kind,
        amount=STRIPE.read(int(refund["amount"]), currency),
        currency=currency,
        refund_reference=refund["id"],
        refund_key=(refund.get("metadata") or {}).get("refund_key"),
        note=str(refund.get("failure_reason") or ""),
        charge_id=refund.get("payment_intent"),
        provider_charge_id=refund.get("charge"),
    )


def read_dispute(dispute: Json, event_id: str) -> ProviderEvent:
    """How a dispute stands; one that was prevented is lost all the same when its money was taken and not returned."""
    kind = DISPUTE_ENDS.get(str(dispute["status"]), EventKind.DISPUTED)
    moved = sum(int(row["amount"]) for row in dispute.get("balance_transactions") or ())
    if dispute["status"] == "prevented" and moved < 0:
        kind = EventKind.DISPUTE_LOST
    currency = str(dispute["currency"]).upper()
    return ProviderEvent(
        provider="stripe",
        event_id=event_id,
        kind=kind,
        amount=STRIPE.read(int(dispute["amount"]), currency),
        currency=currency,
        refund_reference=dispute["id"],
        note=str(dispute.get("reason") or ""),
        charge_id=dispute.get("payment_intent"),
        provider_charge_id=dispute.get("charge"),
    )


def _session_kind(session: Json) -> EventKind | None:
    if session["status"] == "expired":
        return EventKind.EXPIRED
    if session["payment_status"] in {"paid", "no_payment_required"}:
        return EventKind.PAID
    if session["status"] != "complete":
        return None
    intent = session.get("payment_intent")
    gave_up = isinstance(intent, Mapping) and intent.get("status") in GAVE_UP
    return EventKind.FAILED if gave_up else EventKind.PENDING


def _payload(session: Json) -> str | None:
    found = (session.get("metadata") or {}).get("payload")
    return str(found) if found else None


def _shipping_option(session: Json) -> str | None:
    rate = (session.get("shipping_cost") or {}).get("shipping_rate")
    return (rate.get("metadata") or {}).get("option") if isinstance(rate, Mapping) else None


def _address(session: Json) -> dict[str, str] | None:
    """The address in Telegram's words, which are the shop's."""
    details = (session.get("collected_information") or {}).get("shipping_details")
    if not details:
        return None
    names = {
        "country": "country_code",
        "state": "state",
        "city": "city",
        "line1": "street_line1",
        "line2": "street_line2",
        "postal_code": "post_code",
    }
    written = {ours: str(details["address"].get(theirs) or "") for theirs, ours in names.items()}
    phone = (session.get("customer_details") or {}).get("phone")
    return {**written, "name": str(details.get("name") or ""), **({"phone_number": str(phone)} if phone else {})}


def _why(intent: object) -> str:
    error = intent.get("last_payment_error") if isinstance(intent, Mapping) else None
    return str(error.get("message") or "") if isinstance(error, Mapping) else ""

"""What PayPal's objects mean to the shop."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shop.payments.counting import PAYPAL
from shop.ports import EventKind, ProviderEvent

CAPTURE_KINDS = {
    "COMPLETED": EventKind.PAID,
    "PARTIALLY_REFUNDED": EventKind.PAID,
    "REFUNDED": EventKind.PAID,
    "PENDING": EventKind.PENDING,
    "DECLINED": EventKind.FAILED,
    "FAILED": EventKind.FAILED,
}
REFUND_KINDS = {
    "COMPLETED": EventKind.REFUNDED,
    "FAILED": EventKind.REFUND_FAILED,
    "CANCELLED": EventKind.REFUND_FAILED,
}
DISPUTE_ENDS = {
    "RESOLVED_BUYER_FAVOUR": EventKind.DISPUTE_LOST,
    "ACCEPTED": EventKind.DISPUTE_LOST,  # the seller gave in
    "RESOLVED_SELLER_FAVOUR": EventKind.DISPUTE_WON,
    "RESOLVED_WITH_PAYOUT": EventKind.DISPUTE_WON,  # PayPal paid both
    "CANCELED_BY_BUYER": EventKind.DISPUTE_WON,
    "DENIED": EventKind.DISPUTE_WON,
}
TOLD = {
    "CHECKOUT.ORDER.APPROVED": EventKind.APPROVED,
    "CHECKOUT.PAYMENT-APPROVAL.REVERSED": EventKind.EXPIRED,
    "PAYMENT.CAPTURE.COMPLETED": EventKind.PAID,
    "PAYMENT.CAPTURE.PENDING": EventKind.PENDING,
    "PAYMENT.CAPTURE.DENIED": EventKind.FAILED,
    "PAYMENT.CAPTURE.DECLINED": EventKind.FAILED,
    "PAYMENT.CAPTURE.REFUNDED": EventKind.REFUNDED,
    "PAYMENT.CAPTURE.REVERSED": EventKind.REFUNDED,
    "CUSTOMER.DISPUTE.CREATED": EventKind.DISPUTED,
    "CUSTOMER.DISPUTE.UPDATED": EventKind.DISPUTED,
    "CUSTOMER.DISPUTE.RESOLVED": EventKind.DISPUTED,
}

Json = Mapping[str, Any]


def read_event(event: Json) -> ProviderEvent | None:
    """What an event told when it was made; None for a type that we do not need. It is asked before it is believed."""
    kind, thing = TOLD.get(str(event["event_type"])), event["resource"]
    if kind is None:
        return None
    told = ProviderEvent(provider="paypal", event_id=str(event["id"]), kind=kind)
    return _about(told, thing, str(event["event_type"]))


def _about(told: ProviderEvent, thing: Json, kind: str) -> ProviderEvent | None:
    """The same with the names of what it is about; None when it names nothing."""
    names: dict[str, str | None] = {}
    if kind.startswith("CUSTOMER.DISPUTE"):
        names = {"refund_reference": str(thing["dispute_id"]), "charge_id": _disputed(thing)}
    elif told.kind is EventKind.REFUNDED:
        names = {"refund_reference": str(thing["id"]), "charge_id": _up(thing)}
    elif kind.startswith("PAYMENT.CAPTURE"):
        names = {"reference": order_of_capture(thing), "payload": thing.get("custom_id"), "charge_id": str(thing["id"])}
    elif kind.startswith("CHECKOUT.PAYMENT"):
        names = {"reference": thing.get("order_id")}
    else:
        names = {"reference": str(thing["id"]), "payload": _unit(thing).get("custom_id")}
    if not any(names.values()):
        return None
    return ProviderEvent(provider=told.provider, event_id=told.event_id, kind=told.kind, **names)  # type: ignore[arg-type]  # texts


def read_order(order: Json) -> ProviderEvent | None:
    """How an order stands: COMPLETED alone is not money, its capture's status decides; None while nobody agreed."""
    unit = _unit(order)
    captures = (unit.get("payments") or {}).get("captures") or []
    reference, payload = str(order["id"]), unit.get("custom_id")
    if not captures:
        kind = {"APPROVED": EventKind.APPROVED, "VOIDED": EventKind.EXPIRED}.get(str(order["status"]))
        if kind is None:
            return None
        return ProviderEvent("paypal", f"state:{reference}:{kind.value}", kind, reference, payload)
    capture = captures[-1]
    kind = CAPTURE_KINDS.get(str(capture["status"]), EventKind.PENDING)
    amount, currency = read_money(capture["amount"])
    return ProviderEvent(
        provider="paypal",
        event_id=f"state:{reference}:{kind.value}",
        kind=kind,
        reference=reference,
        payload=payload,
        amount=amount,
        currency=currency,
        charge_id=str(capture["id"]) if kind is EventKind.PAID else None,
        note=str((capture.get("status_details") or {}).get("reason") or "") if kind is not EventKind.PAID else "",
    )


def read_refund(refund: Json, event_id: str) -> ProviderEvent | None:
    """How a refund stands; None while the bank is at it."""
    kind = REFUND_KINDS.get(str(refund["status"]))
    if kind is None:
        return None
    amount, currency = read_money(refund["amount"])
    return ProviderEvent(
        provider="paypal",
        event_id=event_id,
        kind=kind,
        amount=amount,
        currency=currency,
        refund_reference=str(refund["id"]),
        refund_key=refund.get("custom_id"),
        charge_id=_up(refund),
        note=str((refund.get("status_details") or {}).get("reason") or ""),
    )


def read_dispute(dispute: Json, event_id: str) -> ProviderEvent:
    """How a dispute stands: open, until its outcome says who won."""
    outcome = str((dispute.get("dispute_outcome") or {}).get("outcome_code") or "")
    kind = EventKind.DISPUTED
    if dispute["status"] == "RESOLVED":
        kind = DISPUTE_ENDS.get(outcome, EventKind.DISPUTED)
    amount, currency = read_money(dispute["dispute_amount"])
    return ProviderEvent(
        provider="paypal",
        event_id=event_id,
        kind=kind,
        amount=amount,
        currency=currency,
        refund_reference=str(dispute["dispute_id"]),
        charge_id=_disputed(dispute),
        note=str(dispute.get("reason") or ""),
    )


def read_money(money: Json) -> tuple[int, str]:
    """A sum in our minor units, and its currency."""
    currency = str(money["currency_code"])
    return PAYPAL.read(int(Decimal(money["value"]).scaleb(PAYPAL.exponent(currency))), currency), currency


def order_of_capture(capture: Json) -> str | None:
    """Which order a capture belongs to."""
    related = (capture.get("supplementary_data") or {}).get("related_ids") or {}
    named = related.get("order_id") or _up(capture)
    return None if named is None else str(named)


def refunds_of_order(order: Json) -> list[Json]:
    """What was given back of an order."""
    return list((_unit(order).get("payments") or {}).get("refunds") or [])


def _unit(order: Json) -> Json:
    units = order.get("purchase_units") or [{}]
    found: Json = units[0]
    return found


def _up(thing: Json) -> str | None:
    """What a thing belongs to, by the end of its link upwards."""
    links = (link for link in thing.get("links") or () if link.get("rel") == "up")
    return next((str(link["href"]).rstrip("/").rpartition("/")[2] for link in links), None)


def _disputed(dispute: Json) -> str | None:
    charges = dispute.get("disputed_transactions") or [{}]
    named = charges[0].get("seller_transaction_id")
    return None if named is None else str(named)

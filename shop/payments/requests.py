"""What is asked of a provider: built from the order as it was sold, kept with the attempt, sent again unchanged."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, convert, to_builtins

from db.models import Order, ProductKind
from shop.checkout.weighing import carrying
from shop.policy import Policy
from shop.ports import AttemptRequest, Delivery, InvoiceLine, OrderFacts, Provider
from shop.refusals import AddressNeeded

TITLE = 32  # characters of an invoice's title, Bot API
DESCRIPTION = 255  # and of its description


class Asking(Struct, frozen=True):
    """What the room that speaks adds to a payment: who pays, the words on the invoice, and the way back to the chat."""

    user_id: int
    telegram_id: int
    title: str
    description: str
    shipping_label: str
    discount_label: str
    tax_label: str
    credit_label: str
    language: str
    link: Callable[[str], str]  # a deep link from its argument
    photo_url: str | None = None


def facts(order: Order) -> OrderFacts:
    """What decides which ways to pay are offered."""
    return OrderFacts(
        kind=order.kind, currency=order.currency, total=order.due, grows=_grows(order), credit=order.credit or 0
    )


def new_token() -> str:
    """Our name for an attempt or a refund: unguessable, fit for a deep link and an idempotency key."""
    return secrets.token_urlsafe(18)


def _grows(order: Order) -> bool:
    return order.kind is ProductKind.PHYSICAL and order.address is None


def describe(
    order: Order, provider: Provider, asking: Asking, *, policy: Policy, expires_at: datetime
) -> AttemptRequest:
    """The request for a new attempt at this order (its items are loaded). Raises AddressNeeded.

    Physical goods without an address let the provider ask for it, if it can tell what sending them there costs. Not
    for a present: every form of a provider suggests the name and the address of who pays. And not where store credit
    pays a part, which may be all of it once sending is in it.
    """
    needs_address = order.kind is ProductKind.PHYSICAL and order.address is None
    ours = order.present is not None or order.credit
    if needs_address and (ours or not can_ask(provider, policy)):
        raise AddressNeeded(order_id=order.id)
    lines = _lines(order, asking, with_shipping=not needs_address)
    payload = new_token()
    titles = policy.titles_in(asking.language)
    return AttemptRequest(
        attempt_id=0,
        order_id=order.id,
        payload=payload,
        title=asking.title[:TITLE],
        description=asking.description[:DESCRIPTION],
        currency=order.currency,
        total=sum(line.amount for line in lines),
        lines=lines,
        telegram_id=asking.telegram_id,
        needs_address=needs_address,
        shipping=tuple(
            (
                option.id,
                titles.get(option.title, option.title),
                option.price_of(order.subtotal - order.discount, free=order.free_shipping, weight=order.weight),
            )
            for option in carrying(policy, order.weight)
        )
        if needs_address
        else (),
        countries=countries(policy) if needs_address else (),
        max_tip=policy.max_tip,
        tips=policy.tips if policy.max_tip else (),
        photo_url=asking.photo_url,
        return_url=asking.link(f"paid_{payload}"),
        expires_at=expires_at,
        language=asking.language,
        needs_phone=needs_address and policy.ask_phone,
        monthly=order.month is not None,
        country=str((order.address or {}).get("country_code") or ""),
    )


def can_ask(provider: Provider, policy: Policy) -> bool:
    """Whether this provider can ask for the address, or the chat must do so before.

    Every form of a provider wants an address; who may collect the goods need not have one. Where tax comes on top of
    the prices the chat asks first: the country decides the sum, and the sum is shown before anybody pays it.
    """
    if policy.pickups or any(way.agreed for way in policy.shipping) or (policy.tax.on and not policy.tax.included):
        return False
    if provider.delivery is Delivery.SAME_EVERYWHERE:
        return len({option.countries for option in policy.shipping}) <= 1
    return provider.delivery is Delivery.BY_ADDRESS


def countries(policy: Policy) -> tuple[str, ...]:
    """The countries that some shipping option serves, sorted; empty means everywhere."""
    sending = [option for option in policy.shipping if not option.pickup]
    if any(not option.countries for option in sending):
        return ()
    return tuple(sorted(set[str]().union(*(option.countries for option in sending))))


def write(request: AttemptRequest) -> dict[str, Any]:
    """The request as JSON."""
    kept: dict[str, Any] = to_builtins(request)
    return kept


def read(kept: Mapping[str, Any]) -> AttemptRequest:
    """The request from JSON, exactly as it was written."""
    return convert(kept, AttemptRequest)


def _lines(order: Order, asking: Asking, *, with_shipping: bool) -> tuple[InvoiceLine, ...]:
    lines = [
        InvoiceLine(
            label=item.name if item.quantity == 1 else f"{item.name} × {item.quantity}",
            amount=item.price * item.quantity,
            quantity=item.quantity,
        )
        for item in order.items
    ]
    discount = f"{asking.discount_label} ({order.discount_name})" if order.discount_name else asking.discount_label
    rest = [(discount, -order.discount), (asking.tax_label, order.tax)]
    if with_shipping:
        rest.append((asking.shipping_label, order.shipping))
    rest.append((asking.credit_label, -order.credit))
    return (*lines, *(InvoiceLine(label=label, amount=amount) for label, amount in rest if amount))

"""Where the goods of an order go, whoever asked for the address: Telegram's form, a payment page or the chat."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus
from db.phones import phone_of
from shop import checkout
from shop.forms.writing import one_line
from shop.orders.refusals import wrong_status
from shop.payments.rows import changed, lock_order
from shop.people import addresses
from shop.policy import Policy, ShippingOption
from shop.refusals import NotDeliverable

_SEND_TO = (
    update(Order)
    .where(Order.id == bindparam("order"), Order.status == OrderStatus.PENDING)
    .values(address=bindparam("place"), phone_end=bindparam("phone"), updated_at=bindparam("now"))
)


def options_for(policy: Policy, country: str) -> tuple[ShippingOption, ...]:
    """The ways to send goods to a country (ISO 3166 alpha-2)."""
    return tuple(option for option in policy.shipping if option.serves(country))


def sent_to(policy: Policy, country: str) -> tuple[ShippingOption, ...]:
    """Those of them by which goods are really sent."""
    return tuple(option for option in options_for(policy, country) if not option.pickup)


def priced(order: Order, options: tuple[ShippingOption, ...]) -> tuple[ShippingOption, ...]:
    """The same ways at what they cost for this order: nothing where a promotion or its total sends it for free."""
    goods = order.subtotal - order.discount
    return tuple(replace(option, price=option.price_of(goods, free=order.free_shipping)) for option in options)


async def send_to(
    session: AsyncSession,
    order: Order,
    *,
    option_id: str | None,
    address: Mapping[str, Any],
    policy: Policy,
    now: datetime,
) -> None:
    """Write the address and the way of sending on a locked pending order; its total follows, and it is read anew.

    The person's addresses know it from then on.

    A shop without shipping options sends everywhere at no extra cost. Raises NotDeliverable, WrongStatus.
    """
    written = {name: one_line(str(value)) for name, value in address.items()}
    if policy.shipping:
        if option_id is None:
            raise NotDeliverable(country=written.get("country_code", ""))
        await checkout.choose_shipping(session, order, option_id=option_id, address=written, policy=policy, now=now)
    elif not await changed(
        session, _SEND_TO, {"order": order.id, "place": written, "phone": phone_of(written), "now": now}
    ):
        raise wrong_status(order, OrderStatus.PENDING, by_customer=True)
    if written.get("country_code"):  # who collects gave none
        await addresses.remember(session, order.user_id, written, option_id=option_id, now=now)
    await lock_order(session, order.id, with_items=True)

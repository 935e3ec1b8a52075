"""Where the goods of an order go, whoever asked for the address: Telegram's form, a payment page or the chat."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order
from shop import checkout
from shop.checkout.weighing import TooHeavy, no_way
from shop.forms.writing import one_line
from shop.payments.rows import lock_order
from shop.people import addresses
from shop.policy import Policy, ShippingOption

__all__ = ["TooHeavy", "options_for", "priced", "send_to", "sent_to"]


def options_for(policy: Policy, country: str, weight: int = 0) -> tuple[ShippingOption, ...]:
    """The ways to send so many grams to a country (ISO 3166 alpha-2)."""
    return tuple(option for option in policy.shipping if option.serves(country, weight))


def sent_to(policy: Policy, country: str, weight: int = 0) -> tuple[ShippingOption, ...]:
    """Those of them by which goods are really sent."""
    return tuple(option for option in options_for(policy, country, weight) if not option.pickup)


def priced(order: Order, options: tuple[ShippingOption, ...]) -> tuple[ShippingOption, ...]:
    """The same ways at what they cost for this order: nothing where a promotion or its total sends it for free."""
    goods, weight = order.subtotal - order.discount, order.weight
    return tuple(
        replace(option, price=option.price_of(goods, free=order.free_shipping, weight=weight), steps=())
        for option in options
    )


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

    The person's addresses know it from then on; that of a present is somebody else's, and kept if they wish.

    A shop without shipping options sends everywhere at no extra cost. Raises NotDeliverable, TooHeavy,
    WrongStatus.
    """
    written = {name: one_line(str(value)) for name, value in address.items()}
    if policy.shipping:
        if option_id is None:
            raise no_way(policy, written.get("country_code", ""), order.weight)
        await checkout.choose_shipping(session, order, option_id=option_id, address=written, policy=policy, now=now)
    else:
        await checkout.send_free(session, order, address=written, policy=policy, now=now)
    if written.get("country_code"):  # who collects gave none
        keep = addresses.use_again if order.present is not None else addresses.remember
        await keep(session, order.user_id, written, option_id=option_id, now=now)
    await lock_order(session, order.id, with_items=True)

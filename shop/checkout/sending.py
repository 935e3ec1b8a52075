"""Where an order goes and by which way: its total follows, with the tax of the country it goes to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus
from db.phones import phone_of
from db.writes import changed
from shop import credit
from shop.checkout.taxing import tax_there
from shop.checkout.weighing import no_way
from shop.orders.quotes import WANTED
from shop.orders.refusals import wrong_status
from shop.policy import Policy, ShippingOption
from shop.refusals import NotDeliverable


async def choose_shipping(
    session: AsyncSession,
    order: Order,
    *,
    option_id: str | None,
    address: Mapping[str, Any],
    policy: Policy,
    now: datetime,
) -> None:
    """Send the order this way to this address (`country_code` and the rest as Telegram names them); its total changes.

    A shop without shipping options sends everywhere for nothing: `option_id` is None there.
    Raises NotDeliverable (no such option for that country), TooHeavy, WrongStatus when it is not pending any more.
    """
    country = str(address.get("country_code", ""))
    option = _shipping_option(option_id, country, order.weight, policy)
    goods = order.subtotal - order.discount
    price = option.price_of(goods, free=order.free_shipping, weight=order.weight) if option is not None else 0
    values: dict[str, Any] = {
        "shipping_option": option_id,
        "shipping_title": option.title if option is not None else None,
        "shipping_days": option.days or None if option is not None and not option.pickup else None,
        "shipping": price,
        "quote": WANTED if option is not None and option.agreed and not order.free_shipping else None,
        "quoted_at": None,
    }
    await _send(session, order, values, address, shipping=price, policy=policy, now=now)


async def reprice(session: AsyncSession, order: Order, *, shipping: int, policy: Policy, now: datetime) -> None:
    """Let sending it cost this (minor units), by the way and to the place that it has; its total and tax follow."""
    await _send(session, order, {"shipping": shipping}, order.address or {}, shipping=shipping, policy=policy, now=now)


async def send_free(
    session: AsyncSession, order: Order, *, address: Mapping[str, Any], policy: Policy, now: datetime
) -> None:
    """Send the order to this address where the shop has no ways to choose among. Raises WrongStatus."""
    await _send(session, order, {}, address, shipping=order.shipping, policy=policy, now=now)


async def _send(
    session: AsyncSession,
    order: Order,
    values: dict[str, Any],
    address: Mapping[str, Any],
    *,
    shipping: int,
    policy: Policy,
    now: datetime,
) -> None:
    country = str(address.get("country_code", ""))
    taxes = await tax_there(session, order, country=country, shipping=shipping, policy=policy)
    values = {**values, **taxes, "address": dict(address), "phone_end": phone_of(address), "updated_at": now}
    values["total_price"] = Order.subtotal - Order.discount + shipping + taxes.get("tax", order.tax)
    if order.credit and order.status is OrderStatus.PENDING:
        total = order.subtotal - order.discount + shipping + taxes.get("tax", order.tax)
        values["credit"] = await credit.fit(session, order, total, now=now)
    pending = (Order.id == order.id, Order.status == OrderStatus.PENDING)
    done = await changed(session, update(Order).where(*pending).values(values))
    await session.refresh(order, [*values, "status"])
    if not done:
        raise wrong_status(order, OrderStatus.PENDING, by_customer=True)


def _shipping_option(option_id: str | None, country: str, weight: int, policy: Policy) -> ShippingOption | None:
    if option_id is None and not policy.shipping:
        return None
    option = next((option for option in policy.shipping if option.id == option_id), None)
    if option is None or not option.serves(country):
        raise NotDeliverable(country=country)
    if not option.carries(weight):
        raise no_way(policy, country, weight)
    return option

"""The tax of an order before and after it is placed: by the shop's country, then by where it turns out to go."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem
from db.writes import changed
from shop.carts.view import CartLine
from shop.policy import Policy
from shop.promotions import Saving
from shop.taxes import Rates, Sold, Taxed, Taxes, reckon, taxed


class Group(Protocol):
    """What is about to be ordered: a part of a cart, or its summary."""

    @property
    def lines(self) -> Sequence[CartLine]:
        """Its lines, at today's prices."""
        ...

    @property
    def saving(self) -> Saving:
        """What is taken off."""
        ...

    @property
    def currency(self) -> str:
        """Of all its prices."""
        ...


def taxes_of(group: Group, policy: Policy, *, country: str = "", shipping: int = 0) -> Taxes:
    """The tax of these lines, and of sending them for so much (minor units) to this country, where that is known."""
    shares = dict(group.saving.by_product)
    sold = [Sold(line.line_total - shares.get(line.product_id, 0), line.tax_class) for line in group.lines]
    return reckon(sold, shipping, policy.tax, country=country, currency=group.currency)


async def tax_there(
    session: AsyncSession, order: Order, *, country: str, shipping: int, policy: Policy
) -> dict[str, Any]:
    """What the row of a locked pending order says of tax when it goes to this country for so much (minor units).

    Its lines are written where that country has other rates than the one they were reckoned with. What was ordered
    while the shop charged no tax has none. No statement in the usual case, where the country stays.
    """
    rates = policy.tax
    if order.tax_country is None or not rates.on:
        return {}
    place = rates.place_of(country)
    if place == order.tax_country:
        return _with_shipping(order, _of_sending(order, place, shipping, rates))
    query = select(OrderItem).where(OrderItem.order_id == order.id).order_by(OrderItem.id)
    items = list(await session.scalars(query.execution_options(populate_existing=True)))
    sold = [Sold(item.price * item.quantity - item.discount, item.tax_class) for item in items]
    taxes = reckon(sold, shipping, rates, country=country, currency=order.currency)
    for item, now in zip(items, taxes.lines, strict=True):
        if (item.tax_rate, item.tax, item.tax_within) != now:
            values = {"tax_rate": now.rate, "tax": now.added, "tax_within": now.within}
            await changed(session, update(OrderItem).where(OrderItem.id == item.id).values(values))
            await session.refresh(item, [*values])
    return {
        "tax": taxes.added,
        "tax_within": taxes.within,
        "tax_country": taxes.country,
        "shipping_tax": taxes.shipping.added + taxes.shipping.within,
        "shipping_tax_rate": taxes.shipping.rate,
    }


def _of_sending(order: Order, place: str, shipping: int, rates: Rates) -> Taxed:
    """Counted as the goods of this order were, whatever the setting says by now."""
    included = not order.tax and (order.tax_within > 0 or rates.contains(order.currency))
    return taxed(shipping, rates.rate(place, rates.shipping_class), included=included)


def _with_shipping(order: Order, sending: Taxed) -> dict[str, Any]:
    before = order.shipping_tax
    on_top = before if order.tax else 0
    return {
        "tax": order.tax - on_top + sending.added,
        "tax_within": order.tax_within - (before - on_top) + sending.within,
        "tax_country": order.tax_country,
        "shipping_tax": sending.added + sending.within,
        "shipping_tax_rate": sending.rate,
    }

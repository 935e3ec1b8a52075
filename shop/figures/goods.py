"""Goods in figures: what was sold most, the stars of a period, and what the stock is worth."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Order, OrderItem, OrderStatus, Payment, Product, ProductKind, Review
from shop.people.permissions import Acting
from shop.pricing import cost


class Best(Struct, frozen=True):
    """A product and how many of it were sold."""

    name: str
    sold: int


class Stars(Struct, frozen=True):
    """Reviews that are shown: how many, and the sum of their stars."""

    count: int
    total: int


async def best(
    session: AsyncSession, acting: Acting, begin: datetime, end: datetime, *, skip: int = 0, limit: int
) -> tuple[Best, ...]:
    """What was sold most in a period, a page of it. One statement along the day of payment."""
    sold = cast(func.sum(OrderItem.quantity), BigInteger).label("sold")
    query = (
        select(func.max(OrderItem.name), sold)
        .join(Order, Order.id == OrderItem.order_id)
        .join(Payment, Payment.order_id == Order.id)
        .where(Payment.payment_date >= begin, Payment.payment_date < end, Order.status != OrderStatus.CANCELLED)
        .group_by(OrderItem.product_id)
        .order_by(sold.desc(), OrderItem.product_id)
        .offset(skip)
        .limit(limit)
    )
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    return tuple(Best(row[0], row[1]) for row in await session.execute(query))


async def stars(session: AsyncSession, acting: Acting, begin: datetime, end: datetime) -> Stars:
    """The reviews that were written in a period. One statement."""
    query = select(func.count(), func.coalesce(func.sum(Review.rating), 0)).where(
        Review.created_at >= begin, Review.created_at < end, Review.hidden_at.is_(None)
    )
    if not acting.everything:
        query = query.where(Review.owner_id == acting.owner_id)
    row = (await session.execute(query)).one()
    return Stars(row[0], int(row[1]))


async def stock_value(session: AsyncSession, acting: Acting, now: datetime) -> dict[str, int]:
    """What lies on the shelves at the prices of this moment, by currency, in minor units. One statement.

    Goods that are sent, and are on sale; what is held for orders that are not paid yet still lies there.
    """
    value = cast(func.sum(cost(now) * Inventory.quantity_in_stock), BigInteger)
    query = (
        select(Product.currency, value)
        .join(Inventory, Inventory.product_id == Product.id)
        .where(Product.archived_at.is_(None), Product.kind == ProductKind.PHYSICAL, Inventory.quantity_in_stock > 0)
        .group_by(Product.currency)
        .order_by(Product.currency)
    )
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
    return {row[0]: int(row[1]) for row in await session.execute(query)}

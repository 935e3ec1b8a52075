"""Handing units out: as many as a line has, in the transaction that sells its stock, each once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import OrderItem, Product, Unit, UnitState
from db.writes import changed
from shop.stock import StockMismatch


async def claim(session: AsyncSession, order_id: int, lines: Mapping[int, int], *, now: datetime) -> None:
    """Give a locked order the oldest free units of its lines (product id → quantity) that are sold in units.

    The stock was sold before, which keeps the row of the inventory locked: who else wants units of the product waits
    there. Raises StockMismatch when there are fewer free units than the stock said: nothing is sold then.
    """
    query = (
        select(OrderItem.product_id, OrderItem.id)
        .join(Product, Product.id == OrderItem.product_id)
        .where(OrderItem.order_id == order_id, Product.pooled_at.is_not(None))
        .order_by(OrderItem.product_id)
    )
    for product_id, item_id in (await session.execute(query)).all():
        await take(session, product_id, item_id, lines[product_id], now=now)


async def take(
    session: AsyncSession,
    product_id: int,
    item_id: int,
    quantity: int,
    *,
    replaces_id: int | None = None,
    now: datetime,
) -> list[int]:
    """Give a line of an order so many free units; their ids. Raises StockMismatch."""
    free = (
        select(Unit.id)
        .where(Unit.product_id == product_id, Unit.state == UnitState.FREE)
        .order_by(Unit.id)
        .limit(quantity)
        .with_for_update()
    )
    ids = list(await session.scalars(free))
    mine = update(Unit).where(Unit.id.in_(ids), Unit.state == UnitState.FREE)
    values = {"state": UnitState.SOLD, "order_item_id": item_id, "claimed_at": now, "replaces_id": replaces_id}
    if len(ids) != quantity or await changed(session, mine.values(values)) != quantity:
        message = f"product {product_id} has fewer than {quantity} free units"
        raise StockMismatch(message)
    return ids

"""Sold goods back on the shelf: never more of an order than it took from there, whoever puts them back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import MovementReason, Order, StockMovement
from shop import stock, units
from shop.payments.fulfil import lines_of

MOVED = (MovementReason.SOLD, MovementReason.RETURNED)


async def put_back_units(
    session: AsyncSession, order: Order, wanted: Mapping[int, int], *, actor: str, now: datetime
) -> dict[int, int]:
    """Put so many units (by product) of a locked order back into stock; how many of each really went there.

    Keys are left out: one goes back when its seller says so.
    """
    away = await _away(session, order.id)
    back = {product: min(count, away.get(product, 0)) for product, count in wanted.items()}
    back = await units.come_back(session, {product: count for product, count in back.items() if count > 0})
    if back:
        await stock.take_back(session, back, order_id=order.id, actor=actor, now=now)
    return back


async def put_back_all(session: AsyncSession, order: Order, *, actor: str, now: datetime) -> None:
    """Put all of it back that is not back yet; the order is locked, its items are loaded."""
    await put_back_units(session, order, lines_of(order), actor=actor, now=now)


async def _away(session: AsyncSession, order_id: int) -> dict[int, int]:
    """How many units of which product the order took and did not bring back."""
    query = (
        select(StockMovement.product_id, -func.sum(StockMovement.delta))
        .where(StockMovement.order_id == order_id, StockMovement.reason.in_(MOVED))
        .group_by(StockMovement.product_id)
    )
    return {product_id: int(count) for product_id, count in await session.execute(query)}

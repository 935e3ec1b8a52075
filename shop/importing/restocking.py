"""Taking back the stock that a list added, by the difference: what was sold or received since stands."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, MovementReason, Product, StockMovement
from shop.importing.stored import ACTOR
from shop.stock.news import tell_watchers

NOTE = "the imported file was undone"


async def take_stock_back(session: AsyncSession, added: Mapping[int, int], *, now: datetime) -> None:
    """Take so many units back (give, where it is below zero), never more than are there and not held.

    Products that are sold in keys by now are left: their keys are their stock.
    """
    # locked in the order of ids, like everybody does, so that the difference written down is the true one
    query = (
        select(Inventory.product_id, Inventory.quantity_in_stock, Inventory.quantity_reserved)
        .join(Product, Product.id == Inventory.product_id)
        .where(Inventory.product_id.in_(added), Product.pooled_at.is_(None))
        .order_by(Inventory.product_id)
        .with_for_update(of=Inventory)
    )
    moved = []
    for number, there, held in (await session.execute(query)).all() if added else ():
        left = max(there - added[number], held)
        if left != there:
            moved.append({"product_id": number, "delta": left - there})
    if not moved:
        return
    table = Inventory.__table__
    statement = (
        update(Inventory)
        .where(
            table.c.product_id == bindparam("wanted_id"),
            table.c.quantity_reserved <= table.c.quantity_in_stock + bindparam("delta"),
        )
        .values(quantity_in_stock=table.c.quantity_in_stock + bindparam("delta"), updated_at=now)
    )
    connection = await session.connection()
    await connection.execute(statement, [{"wanted_id": one["product_id"], "delta": one["delta"]} for one in moved])
    common = {"reason": MovementReason.CORRECTED, "actor": ACTOR, "note": NOTE, "created_at": now}
    await session.execute(insert(StockMovement), [one | common for one in moved])
    await tell_watchers(session, [one["product_id"] for one in moved], now=now)

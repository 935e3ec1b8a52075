"""Keys and files: the free ones are the stock, and every line of an order has as many as it says. Never their text."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, MovementReason, OrderItem, Product, StockMovement, Unit, UnitState
from shop.doctor.finding import Finding, some


async def free_units_are_stock(session: AsyncSession, _now: datetime) -> list[Finding]:
    """Of a product that is sold in units, the quantity in stock is the number of the free ones."""
    free = (
        select(Unit.product_id, func.count().label("units"))
        .where(Unit.state == UnitState.FREE)
        .group_by(Unit.product_id)
        .subquery()
    )
    units = func.coalesce(free.c.units, 0)
    query = (
        select(Product.id, Inventory.quantity_in_stock, units)
        .join(Inventory, Inventory.product_id == Product.id)
        .outerjoin(free, free.c.product_id == Product.id)
        .where(Product.pooled_at.is_not(None), Inventory.quantity_in_stock != units)
        .order_by(Product.id)
    )
    return [
        Finding(
            "free_units_are_stock",
            f"product {product_id}",
            f"{in_stock} in stock, and {count} keys are free",
            "Somebody wrote to the table units or inventory by hand: add the missing movement, or the missing keys",
        )
        for product_id, in_stock, count in await some(session, query)
    ]


async def sold_units_are_lines(session: AsyncSession, _now: datetime) -> list[Finding]:
    """Every line that was sold since its product has units has as many as it says, those put back counted along.

    One that was sent in place of a revoked one is no sale of its own.
    """
    moved = (
        select(
            StockMovement.order_id,
            StockMovement.product_id,
            func.sum(-StockMovement.delta).label("kept"),
            func.min(StockMovement.created_at).label("since"),
        )
        .where(
            StockMovement.order_id.is_not(None),
            or_(StockMovement.reason == MovementReason.SOLD, StockMovement.reason == MovementReason.RETURNED),
        )
        .group_by(StockMovement.order_id, StockMovement.product_id)
        .subquery()
    )
    theirs = (
        select(func.count())
        .select_from(Unit)
        .where(Unit.order_item_id == OrderItem.id, Unit.replaces_id.is_(None), Unit.state != UnitState.FREE)
        .scalar_subquery()
    )
    query = (
        select(OrderItem.order_id, OrderItem.product_id, moved.c.kept, theirs)
        .select_from(OrderItem)
        .join(Product, and_(Product.id == OrderItem.product_id, Product.pooled_at.is_not(None)))
        .join(moved, and_(moved.c.order_id == OrderItem.order_id, moved.c.product_id == OrderItem.product_id))
        .where(moved.c.since >= Product.pooled_at, moved.c.kept != theirs)
        .order_by(OrderItem.id)
    )
    return [
        Finding(
            "sold_units_are_lines",
            f"order {order_id}, product {product_id}",
            f"{kept} were sold and kept, and it has {units} keys",
            "Look at its keys on the order's page, and at what was written to the table units by hand",
        )
        for order_id, product_id, kept, units in await some(session, query)
    ]

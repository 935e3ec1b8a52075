"""Stock: nothing is promised twice, and every unit is accounted for."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, MovementReason, Order, OrderItem, OrderStatus, Product, StockMovement
from db.models.subscription import RENEWED
from shop.doctor.finding import Finding, some


async def stock_within_bounds(session: AsyncSession, _now: datetime) -> list[Finding]:
    """0 ≤ reserved ≤ in stock."""
    query = select(Inventory).where(
        or_(Inventory.quantity_reserved < 0, Inventory.quantity_reserved > Inventory.quantity_in_stock)
    )
    return [
        Finding(
            "stock_within_bounds",
            f"product {row[0].product_id}",
            f"{row[0].quantity_reserved} units are held of {row[0].quantity_in_stock} in stock",
            "Count the shelf, say it with /restock SKU =COUNT, and look at the pending orders of this product",
        )
        for row in await some(session, query)
    ]


async def stock_equals_movements(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The quantity in stock is the sum of its movements."""
    moved = (
        select(StockMovement.product_id, func.sum(StockMovement.delta).label("total"))
        .group_by(StockMovement.product_id)
        .subquery()
    )
    total = func.coalesce(moved.c.total, 0)
    query = (
        select(Inventory.product_id, Inventory.quantity_in_stock, total)
        .outerjoin(moved, moved.c.product_id == Inventory.product_id)
        .where(Inventory.quantity_in_stock != total)
        .order_by(Inventory.product_id)
    )
    return [
        Finding(
            "stock_equals_movements",
            f"product {product_id}",
            f"{in_stock} in stock, but its movements add up to {moves}",
            "Somebody wrote to the table inventory by hand: count the shelf and add the missing movement",
        )
        for product_id, in_stock, moves in await some(session, query)
    ]


async def held_equals_pending(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The units held are those of pending orders."""
    pending = (
        select(OrderItem.product_id, func.sum(OrderItem.quantity).label("held"))
        .join(Order, Order.id == OrderItem.order_id)
        .where(Order.status == OrderStatus.PENDING)
        .group_by(OrderItem.product_id)
        .subquery()
    )
    held = func.coalesce(pending.c.held, 0)
    query = (
        select(Inventory.product_id, Inventory.quantity_reserved, held)
        .outerjoin(pending, pending.c.product_id == Inventory.product_id)
        .where(Inventory.quantity_reserved != held)
        .order_by(Inventory.product_id)
    )
    return [
        Finding(
            "held_equals_pending",
            f"product {product_id}",
            f"{reserved} units are held, pending orders have {wanted}",
            "Set quantity_reserved to what pending orders have, while the shop stands still",
        )
        for product_id, reserved, wanted in await some(session, query)
    ]


async def sold_equals_orders(session: AsyncSession, _now: datetime) -> list[Finding]:
    """Each order that went on took exactly its units from the stock, and a pending one none.

    The place of a subscription was taken by its first month.
    """
    sold = (
        select(StockMovement.order_id, StockMovement.product_id, func.sum(-StockMovement.delta).label("units"))
        .where(StockMovement.reason == MovementReason.SOLD, StockMovement.order_id.is_not(None))
        .group_by(StockMovement.order_id, StockMovement.product_id)
        .subquery()
    )
    units = func.coalesce(sold.c.units, 0)
    went_on = (OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.COMPLETED)
    query = (
        select(OrderItem.order_id, OrderItem.product_id, OrderItem.quantity, units, Order.status)
        .join(Order, Order.id == OrderItem.order_id)
        .outerjoin(sold, and_(sold.c.order_id == OrderItem.order_id, sold.c.product_id == OrderItem.product_id))
        .where(
            or_(
                and_(Order.status.in_(went_on), units != OrderItem.quantity, Order.month.is_distinct_from(RENEWED)),
                and_(Order.status == OrderStatus.PENDING, units != 0),
            )
        )
        .order_by(OrderItem.order_id)
    )
    return [
        Finding(
            "sold_equals_orders",
            f"order {order_id}, product {product_id}",
            f"it is {status.value} with {quantity} units, and {taken} were taken from the stock for it",
            "Compare the shelf with the order, then correct the stock with /restock SKU =COUNT",
        )
        for order_id, product_id, quantity, taken, status in await some(session, query)
    ]


async def sellable_has_inventory(session: AsyncSession, _now: datetime) -> list[Finding]:
    """What is sold has an inventory, what is sold in variants has none; variants belong to their parent's seller."""
    variant, parent = Product.__table__.alias("variant"), Product.__table__.alias("parent")
    stocked = Inventory.__table__.alias("stocked")
    variants = (
        select(variant.c.id, parent.c.id, parent.c.owner_id != variant.c.owner_id, stocked.c.product_id.is_not(None))
        .select_from(
            variant.join(parent, parent.c.id == variant.c.parent_id).outerjoin(
                stocked, stocked.c.product_id == parent.c.id
            )
        )
        .where(
            or_(
                parent.c.owner_id != variant.c.owner_id,
                parent.c.parent_id.is_not(None),
                stocked.c.product_id.is_not(None),
            )
        )
    )
    findings = [
        Finding(
            "sellable_has_inventory",
            f"product {variant_id} under {parent_id}",
            "its parent belongs to another seller"
            if stranger
            else "its parent is sold itself"
            if has_stock
            else "its parent is a variant too",
            "Set parent_id of the variant to a product of the same seller that has no inventory of its own",
        )
        for variant_id, parent_id, stranger, has_stock in await some(session, variants)
    ]
    below = select(variant.c.id).where(variant.c.parent_id == Product.id).exists()
    lonely = (
        select(Product.id, Product.sku)
        .outerjoin(Inventory, Inventory.product_id == Product.id)
        .where(Inventory.product_id.is_(None), ~below, Product.archived_at.is_(None))
    )
    return findings + [
        Finding(
            "sellable_has_inventory",
            f"product {product_id} ({sku})",
            "it has neither an inventory nor variants, so nobody can buy it",
            "Add a variant from its owner's page, or archive it with /archive",
        )
        for product_id, sku in await some(session, lonely)
    ]

"""Which units of an order's lines were not given back yet, and what they are worth after the discount."""

from collections import Counter

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import MovementReason, Order, OrderItem, Product, Refund, RefundState, StockMovement
from shop.orders.worth import worth


class LineLeft(Struct, frozen=True):
    """A line of an order, and how many of its units were given back already."""

    item: OrderItem
    given: int

    @property
    def units(self) -> int:
        """How many can still be given back."""
        return self.item.quantity - self.given

    def worth(self, units: int) -> int:
        """What the next so many cost, in minor units."""
        return worth(self.item, units, before=self.given)


async def lines_left(session: AsyncSession, order: Order) -> list[LineLeft]:
    """The lines of an order (its items are loaded) with units that are worth something and were not given back.

    A refund that failed gave nothing back; one for an amount alone is of no line.
    """
    query = select(Refund.item_id, Refund.units).where(
        Refund.order_id == order.id, Refund.item_id.is_not(None), Refund.state != RefundState.FAILED
    )
    given = Counter[int]()
    for row in await session.execute(query):
        given[row.item_id] += row.units or 0
    lines = [LineLeft(item, min(given[item.id], item.quantity)) for item in order.items]
    return [line for line in lines if line.units and line.worth(line.units)]


async def could_come_back(session: AsyncSession, item: OrderItem, units: int) -> bool:
    """Whether so many of a line can go back into stock: the order took them, and they are no keys. One statement."""
    took = func.coalesce(-func.sum(StockMovement.delta), 0)
    query = (
        select(took)
        .join(Product, Product.id == StockMovement.product_id)
        .where(
            StockMovement.order_id == item.order_id,
            StockMovement.product_id == item.product_id,
            StockMovement.reason.in_((MovementReason.SOLD, MovementReason.RETURNED)),
            Product.pooled_at.is_(None),
        )
    )
    return int(await session.scalar(query) or 0) >= units

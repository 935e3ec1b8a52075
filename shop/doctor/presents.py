"""Presents: one that is being packed or on its way is of goods, and goes to somebody whose address is known."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, ProductKind
from shop.doctor.finding import Finding, some

UNDER_WAY = (OrderStatus.PROCESSING, OrderStatus.SHIPPED)


async def presents_have_receivers(session: AsyncSession, _now: datetime) -> list[Finding]:
    """A present that is under way is of goods, and says to whom it goes."""
    nowhere = or_(Order.address.is_(None), Order.kind == ProductKind.DIGITAL)
    query = (
        select(Order.id, Order.kind)
        .where(Order.status.in_(UNDER_WAY), Order.present.is_not(None), Order.scrubbed_at.is_(None), nowhere)
        .order_by(Order.id)
    )
    return [
        Finding(
            "presents_have_receivers",
            f"order {order_id}",
            "it is a present, and nobody said to whom it goes"
            if kind is ProductKind.PHYSICAL
            else "it is a present, and nothing of it is sent anywhere",
            "Somebody wrote to the table orders by hand: ask its customer",
        )
        for order_id, kind in await some(session, query)
    ]

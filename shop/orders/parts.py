"""The lines, the steps and the last messages of an order that was just read, by statements that are built once.

`selectinload` builds its statement anew for each order, which costs more than running it.
"""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from db.models import Message, Order, OrderEvent, OrderItem

_ITEMS = (
    select(OrderItem)
    .where(OrderItem.order_id == bindparam("order"))
    .order_by(OrderItem.id)
    .execution_options(populate_existing=True)
)
_EVENTS = (
    select(OrderEvent)
    .where(OrderEvent.order_id == bindparam("order"))
    .order_by(OrderEvent.id)
    .execution_options(populate_existing=True)
)
LAST = 4  # messages: one more than are shown with the order
_MESSAGES = (
    select(Message)
    .where(Message.order_id == bindparam("order"))
    .order_by(Message.id.desc())
    .limit(LAST)
    .execution_options(populate_existing=True)
)


async def load_items(session: AsyncSession, order: Order) -> None:
    """Fill `order.items`, oldest first. One statement."""
    set_committed_value(order, "items", list(await session.scalars(_ITEMS, {"order": order.id})))


async def load_events(session: AsyncSession, order: Order) -> None:
    """Fill `order.events`, oldest first. One statement."""
    set_committed_value(order, "events", list(await session.scalars(_EVENTS, {"order": order.id})))


async def load_messages(session: AsyncSession, order: Order) -> None:
    """Fill `order.messages` with the last few, oldest first. One statement."""
    newest = list(await session.scalars(_MESSAGES, {"order": order.id}))
    set_committed_value(order, "messages", newest[::-1])

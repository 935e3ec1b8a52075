"""A row in every table of returns, for the shop that has everything."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import OrderItem, Return, ReturnEvent, ReturnLine, ReturnPhoto
from tests.world.clock import START


async def a_return(session: AsyncSession, user_id: int, order_id: int, odd: str) -> None:
    """Write it; `odd` is a text that gets lost easily."""
    item = (await session.scalars(select(OrderItem).where(OrderItem.order_id == order_id))).one()
    item.returned = 2
    common = {"created_at": START, "updated_at": START, "remind_at": START + timedelta(microseconds=1)}
    row = Return(order_id=order_id, owner_id=user_id, status="received", reason="size", words=odd, answer=odd, **common)
    session.add(row)
    await session.flush()
    step = {"actor": "ä", "text": odd, "amount": 2**52, "created_at": START}
    session.add_all(
        [
            ReturnLine(return_id=row.id, item_id=item.id, quantity=2, restocked=1),
            ReturnPhoto(return_id=row.id, file_id="AgAD", bot_id=2**52),
            ReturnEvent(return_id=row.id, status="received", **step),
        ]
    )
    await session.flush()

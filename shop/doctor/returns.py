"""Returns: no more pieces than were bought, and each line knows how many of it are in returns."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import OrderItem, Return, ReturnEvent, ReturnLine, ReturnStatus
from shop.doctor.finding import Finding, some

REFUSED = (ReturnStatus.DECLINED, ReturnStatus.WITHDRAWN)


async def returned_is_bought(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The pieces in returns that were not refused are those that the line counts, and no more than were bought."""
    pieces = (
        select(ReturnLine.item_id, func.sum(ReturnLine.quantity).label("pieces"))
        .join(Return, Return.id == ReturnLine.return_id)
        .where(Return.status.not_in(REFUSED))
        .group_by(ReturnLine.item_id)
        .subquery()
    )
    counted = func.coalesce(pieces.c.pieces, 0)
    query = (
        select(OrderItem.order_id, OrderItem.id, OrderItem.quantity, OrderItem.returned, counted)
        .outerjoin(pieces, pieces.c.item_id == OrderItem.id)
        .where(or_(OrderItem.returned != counted, counted > OrderItem.quantity))
        .order_by(OrderItem.id)
    )
    return [
        Finding(
            "returned_is_bought",
            f"order {order_id}, line {item_id}",
            f"{bought} were bought, the line counts {said} as returned, its returns have {real}",
            "Set returned to what its returns have; of more than were bought, look at which of them came",
        )
        for order_id, item_id, bought, said, real in await some(session, query)
    ]


async def returns_are_told(session: AsyncSession, _now: datetime) -> list[Finding]:
    """The last step of a return is where it stands."""
    last = (
        select(ReturnEvent.return_id, func.max(ReturnEvent.id).label("id")).group_by(ReturnEvent.return_id).subquery()
    )
    query = (
        select(Return.id, Return.order_id, Return.status, ReturnEvent.status)
        .outerjoin(last, last.c.return_id == Return.id)
        .outerjoin(ReturnEvent, ReturnEvent.id == last.c.id)
        .where(or_(ReturnEvent.id.is_(None), ReturnEvent.status != Return.status))
        .order_by(Return.id)
    )
    return [
        Finding(
            "returns_are_told",
            f"return {return_id} of order {order_id}",
            f"it is {status.value}, its last step says {said or 'nothing'}",
            "Somebody wrote to the table returns by hand: nobody was told of that step",
        )
        for return_id, order_id, status, said in await some(session, query)
    ]

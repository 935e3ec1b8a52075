"""Who may read which receipt: its buyer, and who sees to the money of its seller."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Permission, Receipt, User
from shop.people.permissions import Acting
from shop.refusals import NotFound

MOST = 50  # receipts of one order: each refund of it has one


async def of_order(session: AsyncSession, user: User, by: Acting, order_id: int) -> Sequence[Receipt]:
    """The receipts of an order, the sale first; none while it is not paid.

    `by` is in whose shop the same person acts. Raises NotFound for who is neither its buyer nor sees to its money.
    """
    theirs = await session.scalar(select(Order.id).where(Order.id == order_id, _may_read(user, by)))
    if theirs is None:
        raise NotFound(order_id=order_id)
    query = select(Receipt).where(Receipt.order_id == order_id).order_by(Receipt.id).limit(MOST)
    return list(await session.scalars(query))


async def get(session: AsyncSession, user: User, by: Acting, receipt_id: int) -> Receipt:
    """One receipt. Raises NotFound for who may not read it."""
    query = select(Receipt).join(Order, Order.id == Receipt.order_id)
    found = await session.scalar(query.where(Receipt.id == receipt_id, _may_read(user, by)))
    if found is None:
        raise NotFound
    return found


def _may_read(user: User, by: Acting) -> ColumnElement[bool]:
    mine = Order.user_id == user.id
    if by.everything:
        return Order.id.is_not(None)
    return or_(mine, Order.owner_id == by.owner_id) if by.may(Permission.MONEY) else mine

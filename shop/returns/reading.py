"""Reading returns: customers their own, sellers those of their orders, operators all of them."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload, with_expression
from sqlalchemy.orm.strategy_options import _AbstractLoad

from db.models import Order, Payment, Return, ReturnLine, ReturnStatus, User
from shop.orders.reading import NOT_BACK_YET, SEEING
from shop.people.permissions import By, ask
from shop.refusals import NotFound
from shop.returns.rule import MOST, WAITING


class ReturnPage(Struct, frozen=True):
    """A page of returns, newest first; `older` and `newer` say whether there are more."""

    returns: Sequence[Return]
    older: bool = False


def _whole() -> tuple[_AbstractLoad, ...]:
    order = joinedload(Return.order)
    return (
        order.joinedload(Order.user),
        order.joinedload(Order.owner),
        order.joinedload(Order.payment).options(with_expression(Payment.to_give_back, NOT_BACK_YET)),
        order.selectinload(Order.items),
        selectinload(Return.lines).joinedload(ReturnLine.item),
        selectinload(Return.photos),
        selectinload(Return.events),
    )


async def get_for_customer(session: AsyncSession, user: User, return_id: int) -> Return:
    """One return of the person's own orders, everything about it loaded. Raises NotFound. Five statements."""
    return await _one(session, select(Return).join(Return.order).where(Order.user_id == user.id), return_id)


async def get_for_owner(session: AsyncSession, by: By, return_id: int) -> Return:
    """One return of the seller's orders (operators: of anybody's), everything loaded. Raises NotFound."""
    acting = ask(by, *SEEING)
    query = select(Return)
    if not acting.everything:
        query = query.join(Return.order).where(Order.owner_id == acting.owner_id)
    return await _one(session, query, return_id)


async def get(session: AsyncSession, return_id: int) -> Return:
    """Any return: for news of it, never for what a person asks. Raises NotFound."""
    return await _one(session, select(Return), return_id)


async def of_own_order(session: AsyncSession, user: User, order_id: int) -> Sequence[Return]:
    """The returns of one of the person's own orders, newest first; no more than there may be. One statement."""
    query = select(Return).join(Return.order).where(Return.order_id == order_id, Order.user_id == user.id)
    return list(await session.scalars(query.order_by(Return.id.desc()).limit(MOST)))


async def of_order(session: AsyncSession, by: By, order_id: int) -> Sequence[Return]:
    """The returns of one of the seller's orders, newest first. One statement."""
    acting = ask(by, *SEEING)
    query = select(Return).join(Return.order).where(Return.order_id == order_id)
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    return list(await session.scalars(query.order_by(Return.id.desc()).limit(MOST)))


async def list_for_owner(
    session: AsyncSession, by: By, *, status: ReturnStatus | None = None, before: int | None = None, limit: int = 8
) -> ReturnPage:
    """A page of the seller's returns (operators: of everybody's), with their customers. One statement."""
    acting = ask(by, *SEEING)
    query = select(Return).options(joinedload(Return.order).joinedload(Order.user))
    if not acting.everything:
        query = query.where(Return.owner_id == acting.owner_id)
    if status is not None:
        query = query.where(Return.status == status)
    if before is not None:
        query = query.where(Return.id < before)
    found = list(await session.scalars(query.order_by(Return.id.desc()).limit(limit + 1)))
    return ReturnPage(found[:limit], len(found) > limit)


async def count_waiting(session: AsyncSession, by: By, *, most: int = 100) -> int:
    """How many returns wait for this seller (operators: for any), counted no further than `most`. One statement."""
    acting = ask(by, *SEEING)
    query = select(Return.id).where(Return.status.in_(WAITING))
    if not acting.everything:
        query = query.where(Return.owner_id == acting.owner_id)
    return await session.scalar(select(func.count()).select_from(query.limit(most).subquery())) or 0


async def _one(session: AsyncSession, query: Select[Return], return_id: int) -> Return:
    whole = query.where(Return.id == return_id).options(*_whole()).execution_options(populate_existing=True)
    found = await session.scalar(whole)
    if found is None:
        raise NotFound(return_id=return_id)
    return found

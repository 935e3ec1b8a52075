"""Reading orders: each person only their own, operators all of them."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, joinedload, with_expression

from db.models import Order, OrderItem, OrderStatus, Payment, Product, Refund, RefundState, User
from shop.order_news import BY_HAND
from shop.order_parts import load_events, load_items
from shop.refusals import NotFound

TO_DO = and_(
    # by status alone first, which is what the index knows: else all orders of the past would be passed by
    Order.status.in_((OrderStatus.PENDING, OrderStatus.PROCESSING)),
    or_(
        Order.status == OrderStatus.PROCESSING,
        and_(Order.payment_method.in_(BY_HAND), Order.address.is_not(None)),
    ),
)
_NOT_BACK_YET = (
    select(cast(func.coalesce(func.sum(Refund.amount), 0), BigInteger))
    .where(
        Refund.order_id == Payment.order_id,
        Refund.currency == Payment.currency,
        Refund.state.in_((RefundState.CREATED, RefundState.PENDING, RefundState.MANUAL)),
    )
    .scalar_subquery()
)
# with people and payment in the same statement; items and events come in one each
_WHOLE = (
    select(Order)
    .where(Order.id == bindparam("order"))
    .options(
        joinedload(Order.user),
        joinedload(Order.owner),
        joinedload(Order.payment).options(with_expression(Payment.to_give_back, _NOT_BACK_YET)),
    )
    .execution_options(populate_existing=True)
)
_CUSTOMERS = _WHOLE.where(Order.user_id == bindparam("person"))
_OWNERS = _WHOLE.where(Order.owner_id == bindparam("person"))


async def list_for_customer(
    session: AsyncSession, user: User, *, before_id: int | None = None, limit: int = 6
) -> Sequence[Order]:
    """The person's orders, newest first, older than `before_id`; without items. One statement."""
    return await _page(session, select(Order).where(Order.user_id == user.id), before_id, limit)


async def list_unpaid(session: AsyncSession, user: User, *, limit: int = 6) -> Sequence[Order]:
    """The person's orders that still hold stock unpaid, newest first; without items. One statement."""
    unpaid = select(Order).where(Order.user_id == user.id, Order.status == OrderStatus.PENDING)
    return await _page(session, unpaid, None, limit)


async def get_for_customer(session: AsyncSession, user: User, order_id: int) -> Order:
    """One of the person's own orders, everything about it loaded. Raises NotFound."""
    return _found(await _whole(session, _CUSTOMERS, order=order_id, person=user.id), order_id)


async def list_for_owner(
    session: AsyncSession,
    user: User,
    *,
    status: OrderStatus | None = None,
    before_id: int | None = None,
    limit: int = 6,
    everything: bool = False,
) -> Sequence[Order]:
    """Orders of the seller's goods (`everything`: of all sellers'), newest first; `user` is loaded. One statement.

    Those that are being prepared come with those that wait to be accepted: both are the seller's to do.
    """
    query = select(Order).options(joinedload(Order.user))
    if not everything:
        query = query.where(Order.owner_id == user.id)
    if status is OrderStatus.PROCESSING:
        # what is to do is little and is sorted; along the ids, the past would be searched for it
        return await _page(session, query.where(TO_DO), before_id, limit, by=Order.id + 0)
    if status is not None:
        query = query.where(Order.status == status)
    return await _page(session, query, before_id, limit)


async def count_to_do(session: AsyncSession, user: User, *, everything: bool = False, most: int = 100) -> int:
    """How many orders wait for this seller (`everything`: for any), counted no further than `most`. One statement."""
    query = select(Order.id).where(TO_DO)
    if not everything:
        query = query.where(Order.owner_id == user.id)
    return await session.scalar(select(func.count()).select_from(query.limit(most).subquery())) or 0


async def get_for_owner(session: AsyncSession, user: User, order_id: int, *, everything: bool = False) -> Order:
    """One order of the seller's goods (`everything`: of anybody's), everything about it loaded. Raises NotFound."""
    if everything:
        return _found(await get(session, order_id), order_id)
    return _found(await _whole(session, _OWNERS, order=order_id, person=user.id), order_id)


async def get(session: AsyncSession, order_id: int) -> Order | None:
    """Any order, everything about it loaded: for what the shop itself does, never for what a person asks."""
    return await _whole(session, _WHOLE, order=order_id)


async def _whole(session: AsyncSession, query: Select[Order], **values: int) -> Order | None:
    order = await session.scalar(query, values)
    if order is not None:
        await load_items(session, order)
        await load_events(session, order)
    return order


async def last_address(session: AsyncSession, user: User) -> dict[str, str] | None:
    """Where the person's newest order with an address went. One statement."""
    query = select(Order.address).where(Order.user_id == user.id, Order.address.is_not(None))
    return await session.scalar(query.order_by(Order.id.desc()).limit(1))


async def units_of(session: AsyncSession, order_id: int) -> dict[int, int]:
    """How many units of which product (id) the order is for: what its hold, sale or return moves."""
    query = select(OrderItem.product_id, OrderItem.quantity).where(OrderItem.order_id == order_id)
    return dict((await session.execute(query)).all())


async def digital_contents(session: AsyncSession, order_id: int) -> list[tuple[str, str]]:
    """Name and content of the digital goods of an order."""
    query = (
        select(OrderItem.name, Product.digital_content)
        .join(Product, Product.id == OrderItem.product_id)
        .where(OrderItem.order_id == order_id, Product.digital_content.is_not(None))
        .order_by(OrderItem.id)
    )
    return [(name, content or "") for name, content in await session.execute(query)]


async def _page(
    session: AsyncSession,
    query: Select[Order],
    before_id: int | None,
    limit: int,
    *,
    by: ColumnElement[int] | InstrumentedAttribute[int] = Order.id,
) -> Sequence[Order]:
    if before_id is not None:
        query = query.where(by < before_id)
    newest = query.order_by(by.desc()).limit(limit)
    return (await session.scalars(newest.execution_options(populate_existing=True))).all()


def _found(order: Order | None, order_id: int) -> Order:
    if order is None:
        raise NotFound(order_id=order_id)
    return order

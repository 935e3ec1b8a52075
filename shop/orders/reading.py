"""Reading orders: each person only their own, operators all of them."""

from sqlalchemy import BigInteger, Select, and_, bindparam, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, with_expression

from db.models import Order, OrderItem, OrderNote, OrderStatus, Payment, Product, Refund, RefundState, Return, User
from shop.orders.news import BY_HAND
from shop.orders.pages import NEWEST, OrderPage, Turn, turn_to
from shop.orders.parts import load_events, load_items, load_messages
from shop.people.permissions import By, Permission, ask
from shop.refusals import NotFound
from shop.subscriptions.reading import access_of

SEEING = (Permission.ORDERS, Permission.MONEY)  # either sees the orders: money is given back from there

TO_DO = and_(
    # by status alone first, which is what the index knows: else all orders of the past would be passed by
    Order.status.in_((OrderStatus.PENDING, OrderStatus.PROCESSING)),
    or_(
        Order.status == OrderStatus.PROCESSING,
        and_(Order.payment_method.in_(BY_HAND), Order.address.is_not(None)),
    ),
)
NOT_BACK_YET = (  # of a payment: decided, and not back yet
    select(cast(func.coalesce(func.sum(Refund.amount), 0), BigInteger))
    .where(
        Refund.order_id == Payment.order_id,
        Refund.currency == Payment.currency,
        Refund.state.in_((RefundState.CREATED, RefundState.PENDING, RefundState.MANUAL)),
    )
    .scalar_subquery()
)
_NOTED = (
    select(func.count())
    .where(OrderNote.order_id == Order.id, OrderNote.owner_id == Order.owner_id)
    .correlate(Order)
    .scalar_subquery()
)
_RETURNS = (
    select(func.count()).select_from(Return).where(Return.order_id == Order.id).correlate(Order).scalar_subquery()
)
_FIRST_ITEM = (
    select(OrderItem.name).where(OrderItem.order_id == Order.id).order_by(OrderItem.id).limit(1).scalar_subquery()
)
_FIRST_TEXTS = (
    select(OrderItem.texts).where(OrderItem.order_id == Order.id).order_by(OrderItem.id).limit(1).scalar_subquery()
)
_LINES = select(func.count()).select_from(OrderItem).where(OrderItem.order_id == Order.id).scalar_subquery()
# with people and payment in the same statement; items and events come in one each
_WHOLE = (
    select(Order)
    .where(Order.id == bindparam("order"))
    .options(
        joinedload(Order.user),
        joinedload(Order.owner),
        joinedload(Order.payment).options(with_expression(Payment.to_give_back, NOT_BACK_YET)),
        with_expression(Order.noted, _NOTED),
        with_expression(Order.returns, _RETURNS),
        with_expression(Order.access_until, access_of(Order.id)),
    )
    .execution_options(populate_existing=True)
)
_FIRST = (
    with_expression(Order.first_item, _FIRST_ITEM),
    with_expression(Order.first_texts, _FIRST_TEXTS),
    with_expression(Order.lines, _LINES),
)
_CUSTOMERS = _WHOLE.where(Order.user_id == bindparam("person"))
_OWNERS = _WHOLE.where(Order.owner_id == bindparam("person"))


async def list_for_customer(session: AsyncSession, user: User, turn: Turn = NEWEST) -> OrderPage:
    """A page of the person's orders, newest first, with what they are mostly for. One statement."""
    return await turn_to(session, select(Order).where(Order.user_id == user.id).options(*_FIRST), turn)


async def list_unpaid(session: AsyncSession, user: User, *, limit: int = 6) -> list[Order]:
    """The person's orders that still hold stock unpaid, newest first, with what they are mostly for. One statement."""
    unpaid = select(Order).where(Order.user_id == user.id, Order.status == OrderStatus.PENDING)
    return list((await turn_to(session, unpaid.options(*_FIRST), Turn(size=limit))).orders)


async def get_for_customer(session: AsyncSession, user: User, order_id: int) -> Order:
    """One of the person's own orders, everything about it loaded. Raises NotFound."""
    return _found(await _whole(session, _CUSTOMERS, order=order_id, person=user.id), order_id)


async def get_to_pay(session: AsyncSession, user: User, order_id: int) -> Order:
    """The same with its lines alone: what paying needs of it, and not its past. Raises NotFound."""
    order = _found(await session.scalar(_CUSTOMERS, {"order": order_id, "person": user.id}), order_id)
    await load_items(session, order)
    return order


async def list_for_owner(
    session: AsyncSession,
    by: By,
    turn: Turn = NEWEST,
    *,
    status: OrderStatus | None = None,
) -> OrderPage:
    """Orders of the seller's goods (operators: of all sellers'), newest first; the people are loaded. One statement.

    Those that are being prepared come with those that wait to be accepted: both are the seller's to do.
    """
    acting = ask(by, *SEEING)
    query = select(Order).options(joinedload(Order.user), joinedload(Order.owner))
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    if status is OrderStatus.PROCESSING:
        # what is to do is little and is sorted; along the ids, the past would be searched for it
        return await turn_to(session, query.where(TO_DO), turn, by=Order.id + 0)
    if status is not None:
        query = query.where(Order.status == status)
    return await turn_to(session, query, turn)


async def count_to_do(session: AsyncSession, by: By, *, most: int = 100) -> int:
    """How many orders wait for this seller (operators: for any), counted no further than `most`. One statement."""
    acting = ask(by, *SEEING)
    query = select(Order.id).where(TO_DO)
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    return await session.scalar(select(func.count()).select_from(query.limit(most).subquery())) or 0


async def get_for_owner(session: AsyncSession, by: By, order_id: int) -> Order:
    """One order of the seller's goods (operators: of anybody's), everything about it loaded. Raises NotFound."""
    acting = ask(by, *SEEING)
    if acting.everything:
        return _found(await get(session, order_id), order_id)
    return _found(await _whole(session, _OWNERS, order=order_id, person=acting.owner_id), order_id)


async def get(session: AsyncSession, order_id: int) -> Order | None:
    """Any order, everything about it loaded: for what the shop itself does, never for what a person asks."""
    return await _whole(session, _WHOLE, order=order_id)


async def _whole(session: AsyncSession, query: Select[Order], **values: int) -> Order | None:
    order = await session.scalar(query, values)
    if order is not None:
        await load_items(session, order)
        await load_events(session, order)
        await load_messages(session, order)
    return order


async def units_of(session: AsyncSession, order_id: int) -> dict[int, int]:
    """How many units of which product (id) the order is for: what its hold, sale or return moves."""
    query = select(OrderItem.product_id, OrderItem.quantity).where(OrderItem.order_id == order_id)
    return dict((await session.execute(query)).all())


async def digital_contents(session: AsyncSession, order_id: int) -> list[tuple[str, str]]:
    """Name and content of the digital goods of an order; of a month only while its subscription lasts."""
    query = (
        select(OrderItem.name, Product.digital_content)
        .join(Product, Product.id == OrderItem.product_id)
        .join(Order, Order.id == OrderItem.order_id)
        .where(OrderItem.order_id == order_id, Product.digital_content.is_not(None))
        .where(or_(Order.month.is_(None), access_of(Order.id).is_not(None)))
        .order_by(OrderItem.id)
    )
    return [(name, content or "") for name, content in await session.execute(query)]


def _found(order: Order | None, order_id: int) -> Order:
    if order is None:
        raise NotFound(order_id=order_id)
    return order

"""Leaving the shop: who may, what stands in the way, and the one transaction after which the person is nobody.

A person who comes back is met like anybody new. Open orders end first: their seller needs the address, and their
customer the news. What lies in many rows is removed behind it, page by page: scrubbing.py.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    Address,
    Ban,
    Cart,
    CartItem,
    Departure,
    Dialog,
    KeptForm,
    Order,
    OrderStatus,
    Refund,
    RefundState,
    Return,
    ReturnStatus,
    Role,
    StaffMember,
    Subscription,
    SubscriptionState,
    User,
)
from db.writes import changed
from shop import credit
from shop.carts import locking
from shop.payments.fulfil import EXPIRED

NOBODY = "—"  # the name of who left, in every language
LEFT = "customer_left"  # the cancel reason of an order that expired, which late money brings to life no more
NAMED = 8  # orders that stand in the way
ARRIVED = timedelta(days=30)  # what is on its way for so long is waited for no more
GOING_BACK = (ReturnStatus.ASKED, ReturnStatus.AGREED, ReturnStatus.RECEIVED)
UNPAID_BACK = (RefundState.CREATED, RefundState.PENDING, RefundState.MANUAL)


class Obstacles(Struct, frozen=True):
    """What stands in the way; `works_for` is the seller's name, `orders` the first of those that are not done."""

    operates: bool = False
    sells: bool = False
    works_for: str | None = None
    orders: Sequence[Order] = ()
    subscribes: bool = False  # something would be charged again
    is_banned: bool = False  # stands in nobody's way, and is told

    def __bool__(self) -> bool:
        return self.operates or self.sells or self.works_for is not None or bool(self.orders) or self.subscribes


async def look(session: AsyncSession, person: User, *, operators: Collection[int], now: datetime) -> Obstacles:
    """What stands in the way of this person (`operators`: Telegram ids). Five statements."""
    employer = select(User.name).join(StaffMember, StaffMember.owner_id == User.id)
    works_for = await session.scalar(employer.where(StaffMember.user_id == person.id))
    banned = await session.scalar(select(Ban.id).where(Ban.user_id == person.id).limit(1))
    charged = select(Subscription.id).where(
        Subscription.user_id == person.id,
        or_(Subscription.state == SubscriptionState.ACTIVE, Subscription.wish.is_not(None)),
    )
    return Obstacles(
        operates=person.telegram_id in operators,
        sells=person.role is Role.ADMIN,
        works_for=works_for,
        orders=await _open(session, person.id, now),
        is_banned=banned is not None,
        subscribes=await session.scalar(charged.limit(1)) is not None,
    )


async def depart(
    session: AsyncSession, person_id: int, *, keep_reviews: bool, operators: Collection[int], now: datetime
) -> Obstacles:
    """Delete the account, unless something stands in the way: what that is. Done twice, it is done once.

    The person's cart is held first, as by whoever places an order: what is ordered meanwhile is seen here, or finds
    that its customer is gone. `scrub` follows, in transactions of its own.
    """
    await locking.lock(session, person_id, now)
    query = select(User).where(User.id == person_id).with_for_update().execution_options(populate_existing=True)
    person = (await session.scalars(query)).one()
    if await session.get(Departure, person_id) is not None:
        return Obstacles()
    found = await look(session, person, operators=operators, now=now)
    if not found and (revived := await _bury(session, person_id, now)):
        found = Obstacles(orders=revived)
    if found:
        return found
    session.add(Departure(user_id=person_id, keeps_reviews=keep_reviews, left_at=now))
    telegram_id = person.telegram_id
    person.telegram_id = person.username = person.email = person.password_hash = None
    person.language = person.seen_at = None
    person.name, person.reachable, person.updated_at = NOBODY, False, now
    await session.flush()
    if found.is_banned:
        await _keep_ban(session, person_id, telegram_id, now)
    carts = select(Cart.id).where(Cart.user_id == person_id)
    await changed(session, delete(CartItem).where(CartItem.cart_id.in_(carts)))
    for table in (Cart, Address, Dialog, KeptForm):
        await changed(session, delete(table).where(table.user_id == person_id))
    await credit.forfeit(session, person_id, now=now)
    return found


async def _open(session: AsyncSession, person_id: int, now: datetime) -> Sequence[Order]:
    """Orders that are not done, and such as have money on its way back."""
    mine = select(Order).where(Order.user_id == person_id)
    under_way = or_(
        Order.status.in_((OrderStatus.PENDING, OrderStatus.PROCESSING)),
        (Order.status == OrderStatus.SHIPPED) & (Order.updated_at > now - ARRIVED),
    )
    found = list(await session.scalars(mine.where(under_way).order_by(Order.id).limit(NAMED)))
    owed = select(Refund.id).where(Refund.order_id == Order.id, Refund.state.in_(UNPAID_BACK)).correlate(Order)
    back = mine.where(Order.status == OrderStatus.CANCELLED, owed.exists()).order_by(Order.id).limit(NAMED)
    found += [order for order in await session.scalars(back) if order not in found]
    going_back = select(Return.id).where(Return.order_id == Order.id, Return.status.in_(GOING_BACK)).correlate(Order)
    goods = mine.where(Order.status == OrderStatus.COMPLETED, going_back.exists()).order_by(Order.id).limit(NAMED)
    found += [order for order in await session.scalars(goods) if order not in found]
    return found[:NAMED]


async def _bury(session: AsyncSession, person_id: int, now: datetime) -> Sequence[Order]:
    """Let late money for orders that expired go back instead of reviving them; what was revived just before.

    Whoever books such money holds the order: it is waited for here, and then the order is open.
    """
    gone = (Order.user_id == person_id, Order.status == OrderStatus.CANCELLED, Order.cancel_reason == EXPIRED)
    revived: Sequence[Order] = ()
    with suppress(_Revived):
        async with session.begin_nested():
            await changed(session, update(Order).where(*gone).values(cancel_reason=LEFT))
            if revived := await _open(session, person_id, now):
                raise _Revived
    return revived


class _Revived(Exception):  # noqa: N818  the way out of a savepoint
    """An expired order lives again."""


async def _keep_ban(session: AsyncSession, person_id: int, telegram_id: int | None, now: datetime) -> None:
    """Who is banned is so when they come back: the bans go over to a row that knows the number alone."""
    shell = User(telegram_id=telegram_id, name="", role=Role.CUSTOMER, reachable=False, created_at=now, updated_at=now)
    session.add(shell)
    await session.flush()
    await changed(session, update(Ban).where(Ban.user_id == person_id).values(user_id=shell.id))

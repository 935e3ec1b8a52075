"""Who is not served: a seller keeps a person from their own goods, an operator from the whole shop.

What such a person has ordered already goes on: it can be paid, shipped and refunded, and they hear of it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Ban, CreditAccount, Message, Order, StaffMember, Subscription, User
from db.writes import changed, insert_once
from shop.people.events import write
from shop.people.handing_over import OPEN
from shop.people.permissions import Acting, By, Permission, ask
from shop.people.signing_out import sign_out
from shop.refusals import IsOperator, NotFound, NotServed
from shop.subscriptions.stopping import stop

EVERY_SELLER = 0  # the `seller_id` of a ban from the whole shop


class Customer(Struct, frozen=True):
    """A person as those who may ban them see them: their orders there, those that are open, and whether they are."""

    person: User
    orders: int
    open_orders: int
    banned: bool


def is_banned(seller: SQLColumnExpression[int] | ColumnElement[int]) -> ColumnElement[bool]:
    """For a statement with the parameter `person`: whether that seller, or the whole shop, does not serve them."""
    return exists().where(
        Ban.user_id == bindparam("person"), (Ban.seller_id == EVERY_SELLER) | (Ban.seller_id == seller)
    )


async def must_be_served(session: AsyncSession, user_id: int, seller_id: int) -> None:
    """Refuse who is banned from this seller or from the shop. One statement. Raises NotServed."""
    by = select(Ban.seller_id).where(Ban.user_id == user_id, Ban.seller_id.in_((EVERY_SELLER, seller_id)))
    found = await session.scalar(by.order_by(Ban.seller_id).limit(1))
    if found is not None:
        name = None if found == EVERY_SELLER else await session.scalar(select(User.name).where(User.id == found))
        raise NotServed(seller=name or "")


async def look(session: AsyncSession, by: By, person_id: int) -> Customer:
    """Who would be banned. A seller sees those who ordered there, wrote, or redeemed a card. Raises NotFound."""
    acting = ask(by, Permission.ORDERS)
    everything, owner_id = acting.everything, acting.owner_id
    person = await session.get(User, person_id)
    theirs = [Order.user_id == person_id] if everything else [Order.user_id == person_id, Order.owner_id == owner_id]
    orders = await session.scalar(select(func.count()).where(*theirs)) or 0
    if person is None or not (orders or everything or await _wrote(session, person_id, owner_id)):
        raise NotFound(user_id=person_id)
    # asked by the person alone and told apart here: what a seller has open is much more than what one person has
    sellers = await session.scalars(select(Order.owner_id).where(Order.user_id == person_id, Order.status.in_(OPEN)))
    waiting = sum(everything or seller_id == owner_id for seller_id in sellers)
    mine = select(Ban.id).where(Ban.user_id == person_id, Ban.seller_id == _scope(acting))
    return Customer(person, orders, waiting, banned=await session.scalar(mine) is not None)


async def ban(
    session: AsyncSession,
    by: By,
    person_id: int,
    *,
    operators: Collection[int],
    now: datetime,
) -> User:
    """Serve this person no more; twice is once. Raises NotFound (also oneself), IsOperator."""
    acting = ask(by, Permission.ORDERS)
    customer = await look(session, acting, person_id)
    if person_id in {acting.person_id, acting.owner_id}:
        raise NotFound(user_id=person_id)
    if customer.person.telegram_id in operators:
        raise IsOperator(name=customer.person.name)
    seller_id, actor = _scope(acting), acting.actor
    if await insert_once(session, Ban, user_id=person_id, seller_id=seller_id, actor=actor, created_at=now):
        _note(session, actor, "ban", person_id, seller_id, now)
        theirs = () if seller_id == EVERY_SELLER else (Subscription.owner_id == seller_id,)
        await stop(session, Subscription.user_id == person_id, *theirs, now=now)
        if seller_id == EVERY_SELLER or await _employed(session, person_id, seller_id):
            await sign_out(session, [person_id])
    return customer.person


async def unban(session: AsyncSession, by: By, person_id: int, *, now: datetime) -> User:
    """Serve them again. Raises NotFound when this seller (operators: the shop) has not banned them."""
    acting = ask(by, Permission.ORDERS)
    seller_id, actor = _scope(acting), acting.actor
    mine = (Ban.user_id == person_id, Ban.seller_id == seller_id)
    if not await changed(session, delete(Ban).where(*mine)):
        raise NotFound(user_id=person_id)
    _note(session, actor, "unban", person_id, seller_id, now)
    return await session.get_one(User, person_id)


async def list_banned(
    session: AsyncSession, by: By, *, before: int | None = None, limit: int = 9
) -> Sequence[tuple[int, User]]:
    """Whom this seller (operators: the shop) does not serve, newest first, with the id of each ban. One statement."""
    query = select(Ban.id, User).join(User, User.id == Ban.user_id)
    query = query.where(Ban.seller_id == _scope(ask(by, Permission.ORDERS)))
    if before is not None:
        query = query.where(Ban.id < before)
    rows = await session.execute(query.order_by(Ban.id.desc()).limit(limit))
    return [(row[0], row[1]) for row in rows]


def _scope(acting: Acting) -> int:
    return EVERY_SELLER if acting.everything else acting.owner_id


def _note(session: AsyncSession, actor: str, action: str, person_id: int, seller_id: int, now: datetime) -> None:
    banned = action == "ban"
    data = {"banned": [not banned, banned]}
    write(session, actor, action, f"user:{person_id}", owner_id=seller_id or None, data=data, now=now)


async def _wrote(session: AsyncSession, person_id: int, seller_id: int) -> bool:
    one = select(Message.id).where(Message.customer_id == person_id, Message.seller_id == seller_id).limit(1)
    if await session.scalar(one) is not None:
        return True
    has = select(CreditAccount.id).where(CreditAccount.user_id == person_id, CreditAccount.owner_id == seller_id)
    return await session.scalar(has.limit(1)) is not None


async def _employed(session: AsyncSession, person_id: int, seller_id: int) -> bool:
    mine = select(StaffMember.user_id).where(StaffMember.user_id == person_id, StaffMember.owner_id == seller_id)
    return await session.scalar(mine) is not None

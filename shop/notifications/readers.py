"""Who reads a seller's news: decided when it is delivered, because who sold then may sell no more now."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Message, Notification, Order, Product, Role, StaffMember, User
from db.models.staff import granted
from db.prepared import PreparedRead
from db.session import Database
from db.writes import changed
from shop.notifications.outbox import STAFFS, enqueue
from shop.notifications.sellers import SELLER_NEWS

_OF_ORDER = PreparedRead(
    select(User.id, User.role, User.telegram_id)
    .join(Order, Order.owner_id == User.id)
    .where(Order.id == bindparam("about"))
)
_OF_PRODUCT = PreparedRead(
    select(User.id, User.role, User.telegram_id)
    .join(Product, Product.owner_id == User.id)
    .where(Product.id == bindparam("about"))
)
_OF_MESSAGE = PreparedRead(
    select(User.id, User.role, User.telegram_id)
    .join(Message, Message.seller_id == User.id)
    .where(Message.id == bindparam("about"))
)


def sells(user: User, operators: Collection[int]) -> bool:
    """Whether this person sells or operates the shop (`operators`: Telegram ids)."""
    return user.role is Role.ADMIN or user.telegram_id in operators


_STAFF = PreparedRead(
    select(StaffMember.user_id, StaffMember.permissions).where(StaffMember.owner_id == bindparam("owner"))
)


async def tell_staff(db: Database, notification: Notification, *, now: datetime) -> None:
    """Copy a seller's news for those of their staff who may read them: once, however often they are delivered."""
    if notification.kind not in SELLER_NEWS or STAFFS in notification.data:
        return
    owner_id, wanted = notification.user_id, SELLER_NEWS[notification.kind]
    rows = await db.look(_STAFF, {"owner": owner_id})
    readers = [user_id for user_id, permissions in rows if wanted in granted(permissions)]
    if not readers or not await _is_theirs(db, notification):
        return

    async def work(session: AsyncSession) -> None:
        for user_id in readers:
            await enqueue(
                session,
                user_id=user_id,
                kind=notification.kind,
                data={**notification.data, STAFFS: owner_id},
                dedupe_key=f"staff:{notification.id}:{user_id}",
                now=now,
            )

    await db.transact(work)


async def _is_theirs(db: Database, notification: Notification) -> bool:
    """Whether it is about what the reader has: an operator hears of other sellers' money, too."""
    owners = await _owners(db, notification)
    return bool(owners) and all(owner_id == notification.user_id for owner_id, _, _ in owners)


async def _may_staff_read(db: Database, notification: Notification, operators: Collection[int]) -> bool:
    owner_id = notification.data[STAFFS]
    rows = await db.look(_STAFF, {"owner": owner_id})
    wanted = SELLER_NEWS[notification.kind]
    if not any(user_id == notification.user_id and wanted in granted(may) for user_id, may in rows):
        return False
    owners = await _owners(db, notification)
    return bool(owners) and all(
        owner == owner_id and (role is Role.ADMIN or telegram_id in operators) for owner, role, telegram_id in owners
    )


async def may_read(db: Database, notification: Notification, operators: Collection[int]) -> bool:
    """Whether the person it was written for still answers for what it is about (`operators`: Telegram ids)."""
    reader = notification.user
    if STAFFS in notification.data:
        return await _may_staff_read(db, notification, operators)
    if notification.kind not in SELLER_NEWS or reader.telegram_id in operators:
        return True
    if reader.role is not Role.ADMIN:
        return False
    return all(owner_id == reader.id for owner_id, _, _ in await _owners(db, notification))


async def readdress(
    db: Database, notification: Notification, operators: Collection[int], *, now: datetime
) -> int | None:
    """Give the news to the seller who answers now, or to an operator; who it is (their user id), or None: nobody.

    A copy for somebody's staff is for nobody else: the seller had the news themself.
    """
    if STAFFS in notification.data:
        return None
    owners = await _owners(db, notification)
    selling = next((owner[0] for owner in owners if owner[1] is Role.ADMIN or owner[2] in operators), None)

    async def work(session: AsyncSession) -> int | None:
        taker = selling if selling is not None else await _first_operator(session, operators)
        if taker is not None and taker != notification.user_id:
            waits = (Notification.id == notification.id, Notification.sent_at.is_(None))
            values = {"user_id": taker, "claimed_until": None, "attempts": 0, "run_at": now}
            await changed(session, update(Notification).where(*waits).values(values))
            return taker
        return None

    return await db.transact(work)


async def _owners(db: Database, notification: Notification) -> list[tuple[int, Role, int | None]]:
    """Who has what the news is about: id, role and Telegram id; nobody where it is about nothing that is owned."""
    for about, query in (("order_id", _OF_ORDER), ("product_id", _OF_PRODUCT), ("message_id", _OF_MESSAGE)):
        if about in notification.data:
            return [(row[0], row[1], row[2]) for row in await db.look(query, {"about": notification.data[about]})]
    return []


async def _first_operator(session: AsyncSession, operators: Collection[int]) -> int | None:
    """The operator who came first, of those who can be reached if there are any."""
    known = select(User.id).where(User.telegram_id.in_(sorted(operators)))
    return await session.scalar(known.order_by(User.reachable.desc(), User.id).limit(1)) if operators else None

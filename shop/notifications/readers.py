"""Who reads a seller's news: decided when it is delivered, because who sold then may sell no more now."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Message, Notification, Order, Product, Role, User
from db.prepared import PreparedRead
from db.session import Database
from db.writes import changed

# what carries customers' names, addresses and words, or asks to act on goods: for who answers for them alone
SELLER_NEWS = frozenset(
    {"new_order", "order_withdrawn", "cancel_wanted", "problem", "question", "low_stock", "operator_alert"}
)

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


async def may_read(db: Database, notification: Notification, operators: Collection[int]) -> bool:
    """Whether the person it was written for still answers for what it is about (`operators`: Telegram ids)."""
    reader = notification.user
    if notification.kind not in SELLER_NEWS or reader.telegram_id in operators:
        return True
    if reader.role is not Role.ADMIN:
        return False
    return all(owner_id == reader.id for owner_id, _, _ in await _owners(db, notification))


async def readdress(
    db: Database, notification: Notification, operators: Collection[int], *, now: datetime
) -> int | None:
    """Give the news to the seller who answers now, or to an operator; who it is (their user id), or None: nobody."""
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

"""Which groups hear a seller's news beside the seller, and what becomes of the news when a group is lost."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, Permission, StaffChat, StaffMember
from db.models.staff import granted
from db.writes import changed, insert_once
from shop.notifications.sellers import SELLER_NEWS

ORDERS, MONEY, QUESTIONS, REVIEWS = "orders", "money", "questions", "reviews"
KINDS = (ORDERS, MONEY, QUESTIONS, REVIEWS)
KIND_OF = {
    "new_order": ORDERS,
    "order_withdrawn": ORDERS,
    "cancel_wanted": ORDERS,
    "price_wanted": ORDERS,
    "return_wanted": ORDERS,
    "low_stock": ORDERS,
    "operator_alert": MONEY,
    "problem": QUESTIONS,
    "question": QUESTIONS,
    "new_review": REVIEWS,
}
TAKES = {  # what somebody of a staff must be permitted who lets such news into a group
    ORDERS: Permission.ORDERS,
    MONEY: Permission.MONEY,
    QUESTIONS: Permission.ORDERS,
    REVIEWS: Permission.ORDERS,
}
LOST = "the group is lost"  # the error of news that were meant for it
LONGEST_KEY = 128

_VOUCHED = (
    select(StaffChat, StaffMember.permissions)
    .outerjoin(
        StaffMember, and_(StaffMember.user_id == StaffChat.created_by, StaffMember.owner_id == StaffChat.owner_id)
    )
    .where(StaffChat.broken_at.is_(None))
)
_LISTENING = _VOUCHED.where(
    or_(StaffChat.owner_id == bindparam("reader"), StaffChat.owner_id.is_(None)),
).order_by(StaffChat.id)


async def listening(session: AsyncSession, user_id: int, kind: str) -> Sequence[StaffChat]:
    """The groups that hear news of this kind which go to this person, in the order they were connected."""
    topic = KIND_OF.get(kind)
    if topic is None:
        return ()
    rows = (await session.execute(_LISTENING, {"reader": user_id})).all()
    return [row[0] for row in rows if topic in row[0].kinds.split(",") and _may_hear(row[0], row[1], kind)]


async def may_hear(session: AsyncSession, staff_chat_id: int, kind: str) -> bool:
    """Whether a group still hears such news: not when it was let in by who may not read them any more."""
    row = (await session.execute(_VOUCHED.where(StaffChat.id == staff_chat_id))).one_or_none()
    return row is not None and _may_hear(row[0], row[1], kind)


def _may_hear(chat: StaffChat, permissions: str | None, kind: str) -> bool:
    """What the seller or an operator let in hears everything; what one of the staff did, no more than they may."""
    if chat.created_by == chat.reader_id or kind not in SELLER_NEWS:
        return True
    return permissions is not None and SELLER_NEWS[kind] in granted(permissions)


async def send_home(session: AsyncSession, notification: Notification, *, now: datetime) -> bool:
    """Give news that a group may not hear to their reader alone; False: they have had them, it was a copy."""
    if notification.dedupe_key.endswith(f"@{notification.staff_chat_id}"):
        return False
    waits = (Notification.id == notification.id, Notification.sent_at.is_(None))
    at_home = {"staff_chat_id": 0, "run_at": now, "claimed_until": None}
    return bool(await changed(session, update(Notification).where(*waits).values(at_home)))


async def lose_those_of(session: AsyncSession, owner_id: int, user_id: int, *, now: datetime) -> None:
    """Whoever let these groups in works for the seller no more: nothing arrives there, and the seller is told."""
    theirs = select(StaffChat.id).where(StaffChat.owner_id == owner_id, StaffChat.broken_at.is_(None))
    for staff_chat_id in (await session.scalars(theirs.where(StaffChat.created_by == user_id))).all():
        await lose(session, staff_chat_id, now=now, why="let_go")


def key_in(chat: StaffChat, dedupe_key: str, user_id: int) -> str:
    """The key of the same news in a group: once for each, however many operators hear of it in private."""
    whole = f"{dedupe_key.removesuffix(f':{user_id}')}@{chat.id}"
    return whole if len(whole) <= LONGEST_KEY else f"{blake2b(whole.encode(), digest_size=24).hexdigest()}@{chat.id}"


async def lose(session: AsyncSession, staff_chat_id: int, *, now: datetime, quiet: bool = False, why: str = "") -> bool:
    """We are not in the group any more: what waits for it goes to its reader; they are told, once.

    False when this was known. `quiet`: they did it themselves; `why`: "let_go" when its friend was.
    """
    broken = update(StaffChat).where(StaffChat.id == staff_chat_id, StaffChat.broken_at.is_(None))
    if not await changed(session, broken.values(broken_at=now)):
        return False
    chat = await session.get_one(StaffChat, staff_chat_id, populate_existing=True)
    waiting = (
        Notification.staff_chat_id == chat.id,
        Notification.user_id == chat.reader_id,
        Notification.sent_at.is_(None),
        Notification.dead_at.is_(None),
    )
    copies = Notification.dedupe_key.endswith(f"@{chat.id}")
    at_home = {"staff_chat_id": 0, "run_at": now, "claimed_until": None, "attempts": 0, "error": None}
    await changed(session, update(Notification).where(*waiting, ~copies).values(at_home))
    given_up = {"dead_at": now, "claimed_until": None, "error": LOST}
    await changed(session, update(Notification).where(*waiting, copies).values(given_up))
    if not quiet:
        await insert_once(
            session,
            Notification,
            user_id=chat.reader_id,
            kind="chat_lost",
            data={"title": chat.title, "why": why},
            dedupe_key=f"chat_lost:{chat.id}:{now.isoformat()}",
            run_at=now,
            attempts=0,
            created_at=now,
        )
    return True

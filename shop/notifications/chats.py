"""Which groups hear a seller's news beside the seller, and what becomes of the news when a group is lost."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, StaffChat
from db.writes import changed, insert_once

ORDERS, MONEY, QUESTIONS, REVIEWS = "orders", "money", "questions", "reviews"
KINDS = (ORDERS, MONEY, QUESTIONS, REVIEWS)
KIND_OF = {
    "new_order": ORDERS,
    "order_withdrawn": ORDERS,
    "cancel_wanted": ORDERS,
    "low_stock": ORDERS,
    "operator_alert": MONEY,
    "problem": QUESTIONS,
    "question": QUESTIONS,
    "new_review": REVIEWS,
}
LOST = "the group is lost"  # the error of news that were meant for it
LONGEST_KEY = 128

_LISTENING = select(StaffChat).where(
    or_(StaffChat.owner_id == bindparam("reader"), StaffChat.owner_id.is_(None)), StaffChat.broken_at.is_(None)
)


async def listening(session: AsyncSession, user_id: int, kind: str) -> Sequence[StaffChat]:
    """The groups that hear news of this kind which go to this person, in the order they were connected."""
    topic = KIND_OF.get(kind)
    if topic is None:
        return ()
    chats = await session.scalars(_LISTENING.order_by(StaffChat.id), {"reader": user_id})
    return [chat for chat in chats if topic in chat.kinds.split(",")]


def key_in(chat: StaffChat, dedupe_key: str, user_id: int) -> str:
    """The key of the same news in a group: once for each, however many operators hear of it in private."""
    whole = f"{dedupe_key.removesuffix(f':{user_id}')}@{chat.id}"
    return whole if len(whole) <= LONGEST_KEY else f"{blake2b(whole.encode(), digest_size=24).hexdigest()}@{chat.id}"


async def lose(session: AsyncSession, staff_chat_id: int, *, now: datetime, quiet: bool = False) -> bool:
    """We are not in the group any more: what waits for it goes to its reader; they are told, once.

    False when this was known. `quiet`: they did it themselves.
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
            data={"title": chat.title},
            dedupe_key=f"chat_lost:{chat.id}:{now.isoformat()}",
            run_at=now,
            attempts=0,
            created_at=now,
        )
    return True

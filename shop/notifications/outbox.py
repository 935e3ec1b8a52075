"""Writing down what people will be told, in the transaction that decided it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, User
from db.writes import changed, insert_once
from shop.notifications.chats import key_in, listening

UNREACHABLE = "unreachable"  # how the error begins of what was given up because its reader blocked us
STUMBLED = "stumbled"  # how the error begins where we failed, not Telegram or the reader
STAFFS = "staff_of"  # in the data of a copy for a member of a staff: the seller's id
STILL_NEWS = timedelta(days=30)
CHATTER = frozenset({"problem", "problem_answer", "question", "question_answer"})  # waits while orders are told


async def enqueue(
    session: AsyncSession,
    *,
    user_id: int,
    kind: str,
    data: dict[str, Any],
    dedupe_key: str,
    run_at: datetime | None = None,
    now: datetime,
) -> bool:
    """Tell a person something, not before `run_at` (now); False when this was said under the same key before.

    Groups that hear such news of this person hear them too; instead of the person where one of them said so.
    """
    chats = () if STAFFS in data else await listening(session, user_id, kind)
    instead = next((chat.id for chat in chats if chat.reader_id == user_id and not chat.keeps_private), 0)
    common = {
        "kind": kind,
        "data": data,
        "priority": int(kind in CHATTER),
        "run_at": run_at or now,
        "attempts": 0,
        "created_at": now,
    }
    mine = {"user_id": user_id, "staff_chat_id": instead, "dedupe_key": dedupe_key}
    if not await insert_once(session, Notification, **mine, **common):
        return False
    for chat in chats:
        if chat.id != instead:
            copy = {
                "user_id": chat.reader_id,
                "staff_chat_id": chat.id,
                "dedupe_key": key_in(chat, dedupe_key, user_id),
            }
            await insert_once(session, Notification, **copy, **common)
    return True


async def mark_reachable(session: AsyncSession, user_id: int, *, reachable: bool, now: datetime) -> None:
    """Note whether messages arrive (False: they blocked the bot, or never started it); who is back hears the news."""
    await changed(session, update(User).where(User.id == user_id).values(reachable=reachable))
    if reachable:
        await revive(session, user_id, now=now)


async def revive(session: AsyncSession, user_id: int, *, now: datetime) -> int:
    """Tell a person who is back what could not reach them in the last 30 days; how many messages that are."""
    missed = update(Notification).where(
        Notification.user_id == user_id,
        Notification.staff_chat_id == 0,
        Notification.sent_at.is_(None),
        Notification.dead_at >= now - STILL_NEWS,
        Notification.error.startswith(UNREACHABLE),
    )
    return await changed(session, missed.values(dead_at=None, run_at=now, attempts=0, claimed_until=None, error=None))


async def find_by_message(session: AsyncSession, user_id: int, message_id: int) -> Notification | None:
    """What the message with this id in this person's chat told them: how a reply finds what it answers."""
    query = (
        select(Notification)
        .where(
            Notification.user_id == user_id,
            Notification.message_id == message_id,
            Notification.staff_chat_id == 0,
        )
        .order_by(Notification.id.desc())
        .limit(1)
    )
    return await session.scalar(query)

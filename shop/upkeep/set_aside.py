"""What could not be handled and does not stand before the others any more: seen, tried again, or closed by a person."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, PaymentEvent, TelegramUpdate
from db.writes import changed
from shop.notifications.outbox import STUMBLED

MOST = 100  # shown at once
LONGEST = 18  # digits of a number that every database can hold
CLOSED = "closed by a person"

_UPDATES = (TelegramUpdate.done_at.is_(None), TelegramUpdate.dead_at.is_not(None))
_EVENTS = (PaymentEvent.processed_at.is_(None), PaymentEvent.dead_at.is_not(None))
_MESSAGES = (
    Notification.sent_at.is_(None),
    Notification.dead_at.is_not(None),
    Notification.error.startswith(STUMBLED),
)


class Aside(Struct, frozen=True):
    """One row that was set aside; `name` is how a person names it to `try_again` and `close`."""

    name: str
    what: str
    why: str
    since: datetime


async def list_aside(session: AsyncSession, *, limit: int = MOST) -> list[Aside]:
    """What is set aside, the oldest of each kind first: updates and events that carry money, then messages."""
    updates = select(TelegramUpdate).where(*_UPDATES).order_by(TelegramUpdate.dead_at).limit(limit)
    events = select(PaymentEvent).where(*_EVENTS).order_by(PaymentEvent.dead_at).limit(limit)
    messages = select(Notification).where(*_MESSAGES).order_by(Notification.dead_at).limit(limit)
    found = [
        *[
            Aside(f"update:{row.update_id}", f"Telegram delivered {row.kind}", row.error or "", row.dead_at)
            for row in await session.scalars(updates)
            if row.dead_at is not None
        ],
        *[
            Aside(f"event:{row.id}", f"{row.provider} said {row.type} ({row.event_id})", row.error or "", row.dead_at)
            for row in await session.scalars(events)
            if row.dead_at is not None
        ],
        *[
            Aside(f"message:{row.id}", f"{row.kind} for user {row.user_id}", row.error or "", row.dead_at)
            for row in await session.scalars(messages)
            if row.dead_at is not None
        ],
    ]
    return found[:limit]


async def count_money(session: AsyncSession) -> int:
    """How much news of money is set aside."""
    counts = [
        await session.scalar(select(func.count(TelegramUpdate.update_id)).where(*_UPDATES)),
        await session.scalar(select(func.count(PaymentEvent.id)).where(*_EVENTS)),
    ]
    return sum(count or 0 for count in counts)


async def try_again(session: AsyncSession, names: Sequence[str], *, now: datetime) -> int:
    """Have these tried from the beginning, now; how many were set aside. Raises ValueError for what is no name."""
    tried = 0
    anew = {"dead_at": None, "run_at": now, "attempts": 0, "error": None}
    for kind, number in map(_read, names):
        if kind == "update":
            rows = update(TelegramUpdate).where(TelegramUpdate.update_id == number, *_UPDATES).values(anew)
        elif kind == "event":
            rows = update(PaymentEvent).where(PaymentEvent.id == number, *_EVENTS).values(anew)
        else:
            rows = update(Notification).where(Notification.id == number, *_MESSAGES).values(anew)
        tried += await changed(session, rows)
    return tried


async def close(session: AsyncSession, names: Sequence[str], *, now: datetime) -> int:
    """Note that a person dealt with these; how many were set aside. Raises ValueError for what is no name."""
    closed = 0
    for kind, number in map(_read, names):
        if kind == "update":
            rows = update(TelegramUpdate).where(TelegramUpdate.update_id == number, *_UPDATES).values(done_at=now)
        elif kind == "event":
            rows = update(PaymentEvent).where(PaymentEvent.id == number, *_EVENTS).values(processed_at=now)
        else:
            rows = update(Notification).where(Notification.id == number, *_MESSAGES).values(error=CLOSED)
        closed += await changed(session, rows)
    return closed


def _read(name: str) -> tuple[str, int]:
    kind, _, number = name.partition(":")
    if kind not in {"update", "event", "message"} or not (
        number.isascii() and number.isdigit() and len(number) <= LONGEST
    ):
        message = f"{name!r} is not the name of something set aside, such as update:700000023"
        raise ValueError(message)
    return kind, int(number)

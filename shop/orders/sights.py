"""Which messages show which order: the newest few of each person, brought up to date whenever the order moves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, Order, OrderSight, User
from db.writes import changed, insert_once

FOLLOWS = "order_seen"  # the kind of notification that edits what a person sees of an order
MOST = 4  # messages of an order that a person has; of older ones they have scrolled away

_KNOWN = (
    select(User.id, Order.updated_at, OrderSight.id, OrderSight.message_id, OrderSight.digest, OrderSight.button)
    .select_from(User)
    .join(Order, Order.id == bindparam("order"))
    .outerjoin(
        OrderSight,
        and_(
            OrderSight.order_id == Order.id,
            OrderSight.user_id == User.id,
            OrderSight.staff_chat_id == bindparam("staff_chat"),
        ),
    )
    .where(User.telegram_id == bindparam("chat"))
    .order_by(OrderSight.id)
)
# who moves the order waits for this row, or was waited for: no move falls between a message and the note of it
_HELD = _KNOWN.with_for_update(of=Order)
_ONE = (
    OrderSight.order_id == bindparam("order"),
    OrderSight.user_id == select(User.id).where(User.telegram_id == bindparam("chat")).scalar_subquery(),
    OrderSight.staff_chat_id == bindparam("staff_chat"),
    OrderSight.message_id == bindparam("message"),
)
_FORGET = delete(OrderSight).where(*_ONE)
_WATCHERS = (
    select(OrderSight.user_id, OrderSight.staff_chat_id).where(OrderSight.order_id == bindparam("order")).distinct()
)


class Seen(Struct, frozen=True, kw_only=True):
    """A message that shows an order; `as_of` is what the order's `updated_at` was.

    `staff_chat_id` is the group it stands in, where the person is the one who reads there (0: their own chat).
    """

    order_id: int
    telegram_id: int
    message_id: int
    digest: str
    is_photo: bool = False
    button: str | None = None
    notification_id: int | None = None
    as_of: datetime | None = None
    staff_chat_id: int = 0

    @property
    def place(self) -> dict[str, int]:
        """What finds the messages of this order beside it."""
        return {"order": self.order_id, "chat": self.telegram_id, "staff_chat": self.staff_chat_id}


async def is_noted(session: AsyncSession, seen: Seen) -> bool:
    """Whether this is known already, just so. One statement."""
    rows = (await session.execute(_KNOWN, seen.place)).all()
    return any((row.message_id, row.digest, row.button) == (seen.message_id, seen.digest, seen.button) for row in rows)


async def note(session: AsyncSession, seen: Seen, *, now: datetime) -> None:
    """Remember a message that shows an order; the oldest of that person is forgotten for it.

    An order that moved after the message was worded is followed at once.
    """
    rows: Sequence[Any] = (await session.execute(_HELD, seen.place)).all()
    if not rows:
        return
    user_id, updated_at = rows[0][0], rows[0].updated_at
    await _write(session, seen, user_id, [row for row in rows if row[2] is not None])
    if seen.as_of is not None and updated_at != seen.as_of:
        key = f"late:{seen.message_id}:{updated_at.isoformat()}"
        await _follow_for(session, seen.order_id, user_id, seen.staff_chat_id, key=key, now=now)


async def forget(
    session: AsyncSession, *, order_id: int, telegram_id: int, message_id: int, staff_chat_id: int = 0
) -> None:
    """The message shows something else now, or is gone."""
    place = {"order": order_id, "chat": telegram_id, "staff_chat": staff_chat_id, "message": message_id}
    await changed(session, _FORGET, place)


async def of_person(session: AsyncSession, order_id: int, user_id: int, staff_chat_id: int = 0) -> Sequence[OrderSight]:
    """The messages in this person's chat, or in a group they read for, that show the order: at most `MOST` and a few.

    The oldest first.
    """
    mine = select(OrderSight).where(
        OrderSight.order_id == order_id, OrderSight.user_id == user_id, OrderSight.staff_chat_id == staff_chat_id
    )
    return (await session.scalars(mine.order_by(OrderSight.id))).all()


async def was_edited(session: AsyncSession, sight_id: int, digest: str) -> None:
    """The message shows this now."""
    await changed(session, update(OrderSight).where(OrderSight.id == sight_id).values(digest=digest))


async def follow(session: AsyncSession, order_id: int, *, key: str, now: datetime) -> None:
    """Have every message that shows the order brought up to date; `key` names the change. In its transaction."""
    for user_id, staff_chat_id in (await session.execute(_WATCHERS, {"order": order_id})).all():
        await _follow_for(session, order_id, user_id, staff_chat_id, key=key, now=now)


async def _follow_for(
    session: AsyncSession, order_id: int, user_id: int, staff_chat_id: int, *, key: str, now: datetime
) -> None:
    whose = f"{user_id}@{staff_chat_id}" if staff_chat_id else str(user_id)
    await insert_once(
        session,
        Notification,
        user_id=user_id,
        staff_chat_id=staff_chat_id,
        kind=FOLLOWS,
        data={"order_id": order_id},
        dedupe_key=f"order:{order_id}:{key}:{FOLLOWS}:{whose}",
        run_at=now,
        attempts=0,
        created_at=now,
    )


async def _write(session: AsyncSession, seen: Seen, user_id: int, known: Sequence[Any]) -> None:
    values = {
        "button": seen.button,
        "notification_id": seen.notification_id,
        "is_photo": seen.is_photo,
        "digest": seen.digest,
    }
    same = [row[2] for row in known if row.message_id == seen.message_id]
    if same:
        await changed(session, update(OrderSight).where(OrderSight.id == same[0]).values(values))
        return
    spare = [row[2] for row in known][: max(0, len(known) - MOST + 1)]
    if spare:
        await changed(session, delete(OrderSight).where(OrderSight.id.in_(spare)))
    place = {
        "order_id": seen.order_id,
        "user_id": user_id,
        "staff_chat_id": seen.staff_chat_id,
        "message_id": seen.message_id,
    }
    await insert_once(session, OrderSight, **place, **values)

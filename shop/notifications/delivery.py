"""Delivering what was written down: claimed by one worker, sent outside any transaction, marked when it arrived."""

import asyncio
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import ColumnElement, and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from db.models import Notification
from db.ordering import along
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.notifications import chats, quiet, readers
from shop.notifications.operators import tell_set_aside
from shop.notifications.outbox import STAFFS, STUMBLED, UNREACHABLE, enqueue, find_by_message, mark_reachable
from shop.policy import Policy
from shop.ports import Courier, Undeliverable

__all__ = ["deliver_due", "enqueue", "find_by_message"]

CLAIM = timedelta(minutes=2)  # longer than any delivery takes; then another worker may try
MAX_ATTEMPTS = 12
LIMIT = 300  # of one call: some ten seconds of what Telegram permits, so that a shop that closes does not wait
AT_ONCE = 60  # on their way: twice what Telegram permits in a second, so that nobody waits for the database
FIRST_PAUSE = 5.0  # seconds; doubled after each failure
LONGEST_PAUSE = 900.0
log = structlog.get_logger()


async def deliver_due(
    db: Database, courier: Courier, clock: Clock, *, limit: int = LIMIT, policy: Policy | None = None
) -> int:
    """Deliver at most `limit` notifications that are due; how many arrived.

    A seller's news go to who sells it now, to one of the operators in `policy` where nobody does.

    Many people are served at once, each person's messages one after another, orders before chatter, the older first;
    the next ones are claimed while these still wait for their moment to be sent. At least once: a message repeats only
    when the process dies between Telegram's answer and our commit. With `policy`, its operators hear of what is given
    up because we cannot word or show it.
    """
    arrived = 0
    dry = False  # the last claim took everything that could be had until somebody's message arrives
    async with asyncio.TaskGroup() as group:
        under_way: set[asyncio.Task[bool]] = set()
        while True:
            if limit > 0 and (not under_way if dry else len(under_way) <= AT_ONCE // 2):
                wanted = min(limit, AT_ONCE - len(under_way))
                claimed = await db.transact(partial(claim, now=clock.now(), limit=wanted))
                dry, limit = len(claimed) < wanted, limit - len(claimed)
                under_way |= {group.create_task(_deliver(db, courier, clock, one, policy)) for one in claimed}
            if not under_way:
                return arrived
            done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            arrived += sum(task.result() for task in done)


_ARRIVED = (
    update(Notification)
    .where(Notification.id == bindparam("notification"), Notification.sent_at.is_(None))
    .values(sent_at=bindparam("now"), message_id=bindparam("message"), claimed_until=None, error=None)
)


async def claim(session: AsyncSession, *, now: datetime, limit: int) -> list[Notification]:
    """Take due notifications for this worker, at most one a person: what they shall hear first."""
    query = (
        select(Notification)
        .where(*_due(now), ~_older_one_waits(now))
        .order_by(*along(session, [Notification.sent_at, Notification.dead_at], [Notification.run_at, Notification.id]))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notification)
    )
    found = list(await session.scalars(query))
    if not found:
        return []
    ids = [notification.id for notification in found]
    values = {"claimed_until": now + CLAIM, "attempts": Notification.attempts + 1}
    await changed(session, update(Notification).where(Notification.id.in_(ids)).values(values))
    refreshed = select(Notification).where(Notification.id.in_(ids)).options(joinedload(Notification.user))
    return list(await session.scalars(refreshed.order_by(Notification.id).execution_options(populate_existing=True)))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Notification.sent_at.is_(None),
        Notification.dead_at.is_(None),
        Notification.run_at <= now,
        or_(Notification.claimed_until.is_(None), Notification.claimed_until <= now),
    )


def _older_one_waits(now: datetime) -> ColumnElement[bool]:
    """Something that goes first is still to be told to the same person (or is being delivered, or retried).

    What goes first is news of orders before chatter, and of both what was written earlier.
    """
    older = aliased(Notification)
    waits = and_(
        older.user_id == Notification.user_id,
        older.staff_chat_id == Notification.staff_chat_id,  # a group that is slow holds nobody up
        older.sent_at.is_(None),
        older.dead_at.is_(None),
        older.priority <= Notification.priority,
        # the bare id would lead SQLite through everything ever told
        or_(older.priority < Notification.priority, older.id + 0 < Notification.id),
        or_(older.run_at <= now, older.attempts > 0),
        # what we stumbled over gave up its place in the line: nobody waits for our mistake
        or_(older.error.is_(None), older.error.not_like(f"{STUMBLED}%")),
    )
    return select(older.id).where(waits).correlate(Notification).exists()


async def _deliver(
    db: Database, courier: Courier, clock: Clock, notification: Notification, policy: Policy | None
) -> bool:
    in_group = bool(notification.staff_chat_id)
    if not await _is_to_be_told(db, notification, policy, now=clock.now()):
        return False
    try:
        message_id = await courier.deliver(notification)
    except Undeliverable as error:
        if error.permanent and in_group:
            await db.transact(partial(chats.lose, staff_chat_id=notification.staff_chat_id, now=clock.now()))
        elif error.permanent:
            await _give_up(db, notification, f"{UNREACHABLE}: {error}", unreachable=True, now=clock.now())
        else:
            await _put_off(db, notification, str(error), error.retry_after, now=clock.now())
    except Exception as error:
        # One message that cannot be worded must not stop everybody else's.
        log.exception("notification_failed", notification_id=notification.id, kind=notification.kind)
        why = f"{STUMBLED}: {type(error).__name__}"
        if notification.attempts < MAX_ATTEMPTS:
            await _put_off(db, notification, why, None, now=clock.now())
        else:
            await _give_up(db, notification, why, unreachable=False, now=clock.now(), policy=policy)
    else:
        arrived = {"notification": notification.id, "message": message_id, "now": clock.now()}
        await db.transact(lambda session: changed(session, _ARRIVED, arrived))
        return True
    return False


async def _is_to_be_told(db: Database, notification: Notification, policy: Policy | None, *, now: datetime) -> bool:
    """Whether its reader may hear it, now; where not, it is handed on, put off or given up."""
    operators = frozenset[int]() if policy is None else policy.operators
    in_group = bool(notification.staff_chat_id)
    if not await readers.may_read(db, notification, operators):
        await (_leave_out if in_group else _hand_on)(db, notification, operators, now=now)
        return False
    if policy is not None and (later := await quiet.held_until(db, notification, policy.timezone, now)):
        # not tried yet, so that it holds back nothing that may be told meanwhile
        await _mark(db, notification.id, {"run_at": later, "claimed_until": None, "attempts": 0, "error": quiet.HELD})
        return False
    if not notification.dedupe_key.endswith(f"@{notification.staff_chat_id}"):  # a copy for a group is told to no staff
        await readers.tell_staff(db, notification, now=now)
    if not in_group and (not notification.user.reachable or notification.user.telegram_id is None):
        await _give_up(db, notification, UNREACHABLE, unreachable=False, now=now)
        return False
    return True


async def _hand_on(db: Database, notification: Notification, operators: frozenset[int], *, now: datetime) -> None:
    """Who sells it now reads it."""
    if await readers.readdress(db, notification, operators, now=now) is None:
        if STAFFS not in notification.data:
            log.error("nobody_to_tell", notification_id=notification.id, kind=notification.kind)
        await _give_up(db, notification, "nobody sells this any more", unreachable=False, now=now)


async def _leave_out(db: Database, notification: Notification, operators: frozenset[int], *, now: datetime) -> None:
    """A group does not hear what its reader may not; with a reader who sells no more it hears nothing at all."""

    async def work(session: AsyncSession) -> None:
        values = {"dead_at": now, "claimed_until": None, "error": "not for this group"}
        await changed(session, update(Notification).where(Notification.id == notification.id).values(values))
        if not readers.sells(notification.user, operators):
            await chats.lose(session, notification.staff_chat_id, now=now)

    await db.transact(work)


async def _put_off(
    db: Database, notification: Notification, error: str, retry_after: float | None, *, now: datetime
) -> None:
    pause = retry_after
    if pause is None:
        jitter = random.uniform(0.75, 1.25)  # noqa: S311  not a secret
        pause = min(FIRST_PAUSE * 2 ** min(notification.attempts - 1, 16), LONGEST_PAUSE) * jitter
    values = {"run_at": now + timedelta(seconds=pause), "claimed_until": None, "error": error[:255]}
    await _mark(db, notification.id, values)


async def _give_up(
    db: Database,
    notification: Notification,
    error: str,
    *,
    unreachable: bool,
    now: datetime,
    policy: Policy | None = None,
) -> None:
    async def work(session: AsyncSession) -> None:
        values = {"dead_at": now, "claimed_until": None, "error": error[:255]}
        await changed(session, update(Notification).where(Notification.id == notification.id).values(values))
        if unreachable:
            await mark_reachable(session, notification.user_id, reachable=False, now=now)
        if policy is not None and notification.data.get("text_code") != "set_aside":  # it would tell of itself
            await tell_set_aside(session, f"message {notification.id}", error, policy=policy, now=now)

    await db.transact(work)


async def _mark(db: Database, notification_id: int, values: Mapping[str, object]) -> None:
    waiting = (Notification.id == notification_id, Notification.sent_at.is_(None))
    await db.transact(lambda session: changed(session, update(Notification).where(*waiting).values(dict(values))))

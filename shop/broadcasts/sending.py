"""Sending broadcasts: recipients written page by page, each copy marked before it goes, so that nobody has it twice.

A crash between the mark and Telegram's answer leaves a copy of which nobody knows whether it arrived: it is not sent
again. What Telegram certainly did not take (a flood limit, no connection) goes back among those who wait.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Broadcast, BroadcastRecipient, BroadcastState, RecipientState, User
from db.session import Database
from db.writes import changed, insert_once
from shop.broadcasts.audience import audience, may_be_told
from shop.broadcasts.keeping import Standing, standing
from shop.clock import Clock
from shop.ports import Undeliverable

PAGE = 500  # people looked at in one transaction
LIMIT = 300  # copies of one call: some ten seconds of what Telegram permits
AT_ONCE = 10  # on their way: an order's news waits behind no more than these, a third of a second
SHOWN_AGAIN = timedelta(seconds=5)  # until the seller's message says again how far it is
IN_FLIGHT = timedelta(minutes=2)  # longer than any call takes
log = structlog.get_logger()

Claim = Callable[[], Awaitable[User | None]]


class Herald(Protocol):
    """Brings a broadcast to one person's chat."""

    async def bring(self, broadcast: Broadcast, telegram_id: int, claim: Claim) -> bool:
        """Wait for a turn, claim, send to who was claimed; False where nobody was. Raises Undeliverable."""
        ...

    async def show(self, standing: Standing) -> None:
        """The message that its seller looks at says how far it is; raises nothing."""
        ...


async def run(db: Database, herald: Herald, clock: Clock, *, limit: int = LIMIT) -> int:
    """Bring the oldest running broadcast at most `limit` copies further; how many were settled (0: nothing to do)."""
    await db.transact(partial(begin_due, now=clock.now()))
    async with db.read() as session:
        running = select(Broadcast).where(Broadcast.state == BroadcastState.RUNNING).order_by(Broadcast.id).limit(1)
        one = await session.scalar(running)
    if one is None:
        return 0
    if one.listed_at is None:
        await db.transact(partial(write_page, broadcast_id=one.id, now=clock.now()))
    await db.transact(partial(_give_up_lost, broadcast_id=one.id, now=clock.now()))
    async with db.read() as session:
        waiting = (
            select(BroadcastRecipient.id, User.telegram_id)
            .join(User, User.id == BroadcastRecipient.user_id)
            .where(BroadcastRecipient.broadcast_id == one.id, BroadcastRecipient.state == RecipientState.WAITING)
            .order_by(BroadcastRecipient.id)
            .limit(limit)
        )
        queue = [(row.id, row.telegram_id or 0) for row in await session.execute(waiting)]
    many = len(queue)
    queue.reverse()
    shown_at = clock.now()

    async def work() -> int:
        nonlocal shown_at
        settled = 0
        while queue:
            recipient_id, telegram_id = queue.pop()
            settled += await _bring(db, herald, clock, one, recipient_id, telegram_id)
            if clock.now() >= shown_at + SHOWN_AGAIN:
                shown_at = clock.now()
                await _show(db, herald, clock, one.id)
        return settled

    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(work()) for _ in range(min(AT_ONCE, many))]
    if not many:
        await db.transact(partial(_finish, broadcast_id=one.id, now=clock.now()))
        await _show(db, herald, clock, one.id)
        return int(one.listed_at is None)
    await _show(db, herald, clock, one.id)
    return sum(worker.result() for worker in workers)


async def begin_due(session: AsyncSession, *, now: datetime) -> int:
    """Drafts whose time has come begin to go out, each once; how many."""
    due = (Broadcast.state == BroadcastState.DRAFT, Broadcast.starts_at <= now)
    values = {"state": BroadcastState.RUNNING, "started_at": now}
    return await changed(session, update(Broadcast).where(*due).values(values))


async def _show(db: Database, herald: Herald, clock: Clock, broadcast_id: int) -> None:
    async with db.read() as session:
        one = await session.get(Broadcast, broadcast_id)
        if one is None or one.shown_in is None:
            return
        now_standing = await standing(session, one, now=clock.now())
    await herald.show(now_standing)


async def write_page(session: AsyncSession, *, broadcast_id: int, now: datetime) -> None:
    """Write the next page of recipients; whoever else does it at the same time waits, and goes on behind it."""
    one = await session.scalar(select(Broadcast).where(Broadcast.id == broadcast_id).with_for_update())
    if one is None or one.state is not BroadcastState.RUNNING or one.listed_at is not None:
        return
    query = select(User.id).where(User.id > one.cursor, audience(one.owner_id, one.segment, now))
    people = list(await session.scalars(query.order_by(User.id).limit(PAGE)))
    for user_id in people:
        copy = {"broadcast_id": one.id, "user_id": user_id, "state": RecipientState.WAITING, "updated_at": now}
        await insert_once(session, BroadcastRecipient, **copy)
    if people:
        one.cursor = people[-1]
    if len(people) < PAGE:
        one.listed_at = now


async def claim(session: AsyncSession, *, recipient_id: int, now: datetime) -> User | None:
    """Mark one copy as being sent; the person, None where it is no more to be sent, or not to them."""
    going = select(Broadcast.id).where(Broadcast.state == BroadcastState.RUNNING)
    waits = (BroadcastRecipient.id == recipient_id, BroadcastRecipient.state == RecipientState.WAITING)
    marked = update(BroadcastRecipient).where(*waits, BroadcastRecipient.broadcast_id.in_(going))
    if not await changed(session, marked.values(state=RecipientState.SENDING, updated_at=now)):
        return None
    found = (
        await session.execute(
            select(User, Broadcast.owner_id)
            .join(BroadcastRecipient, BroadcastRecipient.user_id == User.id)
            .join(Broadcast, Broadcast.id == BroadcastRecipient.broadcast_id)
            .where(BroadcastRecipient.id == recipient_id)
        )
    ).one()
    person: User = found.User
    if await session.scalar(select(User.id).where(User.id == person.id, may_be_told(found.owner_id))) is None:
        await _mark(session, recipient_id=recipient_id, state=RecipientState.LEFT_OUT, now=now)
        return None
    return person


async def _bring(
    db: Database, herald: Herald, clock: Clock, one: Broadcast, recipient_id: int, telegram_id: int
) -> bool:
    """Whether this copy is settled; one that waits on is not."""
    state = RecipientState.SENT
    try:
        if not await herald.bring(
            one, telegram_id, lambda: db.transact(partial(claim, recipient_id=recipient_id, now=clock.now()))
        ):
            return True
    except Undeliverable as error:
        if error.permanent:
            state = RecipientState.BLOCKED
        else:
            state = RecipientState.UNKNOWN if error.retry_after is None else RecipientState.WAITING
    except Exception as error:  # one copy that cannot be sent must not stop everybody else's
        log.exception("broadcast_failed", broadcast_id=one.id, recipient_id=recipient_id, error=type(error).__name__)
        state = RecipientState.FAILED
    await db.transact(partial(_mark, recipient_id=recipient_id, state=state, now=clock.now()))
    return state is not RecipientState.WAITING


async def _mark(session: AsyncSession, *, recipient_id: int, state: RecipientState, now: datetime) -> None:
    sending = (BroadcastRecipient.id == recipient_id, BroadcastRecipient.state == RecipientState.SENDING)
    if not await changed(session, update(BroadcastRecipient).where(*sending).values(state=state, updated_at=now)):
        return
    if state is RecipientState.BLOCKED:
        person = select(BroadcastRecipient.user_id).where(BroadcastRecipient.id == recipient_id).scalar_subquery()
        await changed(session, update(User).where(User.id == person).values(reachable=False))


async def _give_up_lost(session: AsyncSession, *, broadcast_id: int, now: datetime) -> None:
    lost = (
        BroadcastRecipient.broadcast_id == broadcast_id,
        BroadcastRecipient.state == RecipientState.SENDING,
        BroadcastRecipient.updated_at <= now - IN_FLIGHT,
    )
    await changed(session, update(BroadcastRecipient).where(*lost).values(state=RecipientState.UNKNOWN, updated_at=now))


async def _finish(session: AsyncSession, *, broadcast_id: int, now: datetime) -> None:
    open_ones = select(BroadcastRecipient.id).where(
        BroadcastRecipient.broadcast_id == broadcast_id,
        BroadcastRecipient.state.in_((RecipientState.WAITING, RecipientState.SENDING)),
    )
    all_written = (Broadcast.id == broadcast_id, Broadcast.state == BroadcastState.RUNNING)
    done = update(Broadcast).where(*all_written, Broadcast.listed_at.is_not(None), ~open_ones.exists())
    await changed(session, done.values(state=BroadcastState.DONE, ended_at=now))

"""Sending broadcasts: recipients written page by page, each copy marked before it goes, so that nobody has it twice.

Copies are marked a few at a time while others wait for their turn, so that neither the database nor slow answers cost
any of the turns. A crash leaves those few and what was on its way as copies of which nobody knows whether they arrived:
they are not sent again. What Telegram certainly did not take (a flood limit, no connection) goes back among those who
wait.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Broadcast, BroadcastRecipient, BroadcastState, RecipientState, User
from db.session import Database
from db.writes import changed
from shop.broadcasts import copies
from shop.broadcasts.audience import audience
from shop.broadcasts.copies import Copy
from shop.broadcasts.keeping import Standing, standing
from shop.clock import Clock
from shop.ports import Undeliverable

PAGE = 500  # people looked at in one transaction
LIMIT = 450  # copies of one call: some fifteen seconds of what Telegram permits, less than a shop that closes waits
IN_LINE = 15  # marked, waiting for their turn: an order's news waits behind no more than these, half a second
AT_LEAST = 5  # are marked in one transaction
FRESH = timedelta(seconds=1)  # whose turn comes later is asked about once more: it may have been stopped
SHOWN_AGAIN = timedelta(seconds=5)  # until the seller's message says again how far it is
log = structlog.get_logger()

Ready = Callable[[], Awaitable[bool]]


class Herald(Protocol):
    """Brings a broadcast to one person's chat."""

    async def calm(self) -> None:
        """Sleep while Telegram wants silence."""
        ...

    async def bring(self, broadcast: Broadcast, person: User, ready: Ready) -> bool:
        """Wait for a turn, ask whether it is `ready`, send; False where it is not. Raises Undeliverable."""
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
    await db.transact(partial(copies.give_up_lost, broadcast_id=one.id, now=clock.now()))
    out = _GoingOut(db, herald, clock, one, limit)
    async with asyncio.TaskGroup() as group:
        await out.go(group)
    if not out.claimed:
        await db.transact(partial(_finish, broadcast_id=one.id, now=clock.now()))
    await out.show()
    return out.settled if out.claimed else int(one.listed_at is None)


class _GoingOut:
    """One call's copies: the next ones are marked while these wait for their turn, or for Telegram's answer."""

    def __init__(self, db: Database, herald: Herald, clock: Clock, one: Broadcast, limit: int) -> None:
        self._db, self._herald, self._clock, self._one = db, herald, clock, one
        self._left = limit
        self._in_line = 0
        self._under_way: set[asyncio.Task[None]] = set()
        self._came: list[tuple[int, RecipientState]] = []  # of what came of them, what is not written yet
        self._moved = asyncio.Event()
        self._shown_at = clock.now()
        self._showing: asyncio.Task[None] | None = None
        self.claimed = 0
        self.settled = 0

    async def go(self, group: asyncio.TaskGroup) -> None:
        """Until there are no more, or `limit` of them."""
        await self._herald.calm()
        while self._left or self._under_way or self._came:
            if any(state is RecipientState.WAITING for _, state in self._came):  # Telegram wants silence, or is away
                await self._write_and_claim(0)
                await self._herald.calm()
            for copy in await self._write_and_claim(min(self._left, IN_LINE - self._in_line)):
                if copy.wanted:
                    self._in_line += 1
                    self._start(group, copy)
                else:
                    self.settled += 1
            self._show_now_and_then(group)
            while self._under_way and not (self._left and self._in_line <= IN_LINE - AT_LEAST):
                self._moved.clear()
                await self._moved.wait()

    async def show(self) -> None:
        """Where its seller looks at it, say how far it is."""
        async with self._db.read() as session:
            one = await session.get(Broadcast, self._one.id)
            if one is None or one.shown_in is None:
                return
            now_standing = await standing(session, one, now=self._clock.now())
        await self._herald.show(now_standing)

    async def _write_and_claim(self, wanted: int) -> list[Copy]:
        came, self._came = self._came, []
        work = partial(copies.write_and_claim, one=self._one, came=came, limit=wanted, now=self._clock.now())
        found = await self._db.transact(work)
        self.settled += sum(state is not RecipientState.WAITING for _, state in came)
        self.claimed += len(found)
        if wanted:
            self._left = self._left - len(found) if len(found) == wanted else 0  # others may have the rest
        return found

    def _show_now_and_then(self, group: asyncio.TaskGroup) -> None:
        if self._clock.now() < self._shown_at + SHOWN_AGAIN or (self._showing and not self._showing.done()):
            return
        self._shown_at = self._clock.now()
        self._showing = group.create_task(self.show())

    def _start(self, group: asyncio.TaskGroup, copy: Copy) -> None:
        task = group.create_task(self._bring(copy))
        self._under_way.add(task)

        def is_done(done: asyncio.Task[None]) -> None:
            self._under_way.discard(done)
            self._moved.set()

        task.add_done_callback(is_done)

    async def _bring(self, copy: Copy) -> None:
        claimed_at, waits = self._clock.now(), True

        def goes() -> None:
            nonlocal waits
            self._in_line -= waits
            waits = False
            self._moved.set()

        async def ready() -> bool:
            goes()
            if self._clock.now() < claimed_at + FRESH:
                return True
            return await self._db.transact(partial(copies.renew, copy=copy, one=self._one, now=self._clock.now()))

        state = RecipientState.SENT
        try:
            if not await self._herald.bring(self._one, copy.person, ready):
                state = RecipientState.WAITING
        except Undeliverable as error:
            if error.permanent:
                state = RecipientState.BLOCKED
            else:
                state = RecipientState.UNKNOWN if error.retry_after is None else RecipientState.WAITING
        except Exception as error:  # one copy that cannot be sent must not stop everybody else's
            log.exception(
                "broadcast_failed", broadcast_id=self._one.id, recipient_id=copy.id, error=type(error).__name__
            )
            state = RecipientState.FAILED
        goes()
        self._came.append((copy.id, state))


async def begin_due(session: AsyncSession, *, now: datetime) -> int:
    """Drafts whose time has come begin to go out, each once; how many."""
    due = (Broadcast.state == BroadcastState.DRAFT, Broadcast.starts_at <= now)
    values = {"state": BroadcastState.RUNNING, "started_at": now}
    return await changed(session, update(Broadcast).where(*due).values(values))


async def write_page(session: AsyncSession, *, broadcast_id: int, now: datetime) -> None:
    """Write the next page of recipients; whoever else does it at the same time waits, and goes on behind it."""
    held = select(Broadcast).where(Broadcast.id == broadcast_id).with_for_update()
    one = await session.scalar(held.execution_options(populate_existing=True))
    if one is None or one.state is not BroadcastState.RUNNING or one.listed_at is not None:
        return
    query = select(User.id).where(User.id > one.cursor, audience(one.owner_id, one.segment, now))
    people = list(await session.scalars(query.order_by(User.id).limit(PAGE)))
    if people:
        common = {"broadcast_id": one.id, "state": RecipientState.WAITING, "updated_at": now}
        await session.execute(insert(BroadcastRecipient), [{"user_id": user_id} | common for user_id in people])
        one.cursor = people[-1]
    if len(people) < PAGE:
        one.listed_at = now


async def _finish(session: AsyncSession, *, broadcast_id: int, now: datetime) -> None:
    open_ones = select(BroadcastRecipient.id).where(
        BroadcastRecipient.broadcast_id == broadcast_id,
        BroadcastRecipient.state.in_((RecipientState.WAITING, RecipientState.SENDING)),
    )
    all_written = (Broadcast.id == broadcast_id, Broadcast.state == BroadcastState.RUNNING)
    done = update(Broadcast).where(*all_written, Broadcast.listed_at.is_not(None), ~open_ones.exists())
    await changed(session, done.values(state=BroadcastState.DONE, ended_at=now))

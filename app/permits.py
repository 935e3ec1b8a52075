"""Which replica does a task: whoever holds its lease, renewed while it works and given back at an orderly end."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import structlog
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from app.schedule import Task
from db.session import Database, is_away
from shop.clock import Clock
from shop.jobs import leases

log = structlog.get_logger(__name__)


class _Held(Struct):
    until: datetime
    last_run: datetime


class OneAtATime:
    """Lets a task run in one process at a time, once a period over all of them.

    A process that dies is replaced after `ttl`. While a lease has more than half of that left, its holder ticks
    without asking the database again.
    """

    def __init__(self, db: Database, clock: Clock, *, owner: str, ttl: timedelta) -> None:
        self._db = db
        self._clock = clock
        self._owner = owner
        self._ttl = ttl
        self._held: dict[str, _Held] = {}

    @asynccontextmanager
    async def __call__(self, task: Task) -> AsyncGenerator[bool]:
        """Whether the task may run in the block; the lease lasts as long as the block does."""
        if not await self._take(task):
            yield False
            return
        ended = asyncio.Event()
        renewing = asyncio.create_task(self._renew(task, ended))  # noqa: TID251  awaited below; a group would wrap the work's error
        try:
            yield True
        finally:
            ended.set()  # a renewal under way is let finish: cut off, it would cost a connection
            await asyncio.gather(renewing, return_exceptions=True)

    async def give_back(self) -> None:
        """Let others have at once what this process held."""
        held, self._held = self._held, {}
        now = self._clock.now()

        async def work(session: AsyncSession) -> None:
            for name, lease in sorted(held.items()):
                await leases.give_back(session, name, self._owner, last_run=lease.last_run, now=now)

        try:
            await self._db.transact(work)
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("leases_not_given_back", error=type(error).__name__)  # they run out

    async def _take(self, task: Task) -> bool:
        now = self._clock.now()
        held = self._held.get(task.name)
        if held is not None and held.until - now > self._ttl / 2 >= task.period:
            held.last_run = now
            return True
        taken = await self._db.transact(
            lambda session: leases.take(session, task.name, self._owner, now=now, ttl=self._ttl, period=task.period)
        )
        if taken:
            self._held[task.name] = _Held(now + self._ttl, now)
        return taken

    async def _renew(self, task: Task, ended: asyncio.Event) -> None:
        """Hold on until the task has ended, however long it works."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), self._ttl.total_seconds() / 3)
                return
            now = self._clock.now()
            try:
                kept = await self._db.transact(
                    lambda session, now=now: leases.renew(session, task.name, self._owner, now=now, ttl=self._ttl)  # type: ignore[misc]  # a bound default
                )
            except Exception as error:  # noqa: BLE001  the work goes on: every row in it is guarded by itself
                log.warning("lease_not_renewed", task=task.name, error=type(error).__name__)
                continue
            if not kept:
                log.warning("lease_lost", task=task.name)
                return
            self._held[task.name].until = now + self._ttl

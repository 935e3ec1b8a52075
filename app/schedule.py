"""What runs by itself: APScheduler only ticks, the work is rows in the database, a lease names who does it.

A tick that is late or missed costs nothing: the next one finds the same rows.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog
from msgspec import Struct

from shop.clock import SystemClock

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger(__name__)


class Task(Struct, frozen=True):
    """Something to do every so often; `shared` work is claimed row by row, so every replica may help.

    Shared work that returns something true is done again at once: it came to its limit, not to the end.
    """

    name: str
    period: timedelta
    work: Callable[[], Awaitable[object]]
    shared: bool = False


class Permit(Protocol):
    """Who may do a task that is not shared."""

    def __call__(self, task: Task) -> AbstractAsyncContextManager[bool]:
        """Whether this process may run it, in the block."""
        ...

    async def give_back(self) -> None:
        """Let others run what this process ran: it stops."""
        ...


Observer = Callable[[Task, float, BaseException | None], None]


class Schedule:
    """Ticks until it is stopped; stopping waits for what is in hand."""

    def __init__(self, tasks: Sequence[Task], *, permit: Permit, observe: Observer | None = None) -> None:
        self.tasks = tuple(tasks)
        self._permit = permit
        self._observe = observe
        self._running = 0
        self._stopping = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._beginning: asyncio.TimerHandle | None = None
        self._scheduler: AsyncIOScheduler | None = None
        self.last_tick: float | None = None  # seconds of the event loop's clock

    def start(self, *, rest: float = 0.0) -> None:
        """Begin to tick after `rest` seconds, each task at once and then once a period."""
        loop = asyncio.get_running_loop()
        self.last_tick = loop.time()
        if rest:
            self._beginning = loop.call_later(rest, self._begin)
        else:
            self._begin()

    def _begin(self) -> None:
        from apscheduler.schedulers.asyncio import (  # noqa: PLC0415  not before the first who wait have their answer
            AsyncIOScheduler,
        )

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        first = SystemClock().now()  # APScheduler ticks by the machine's clock
        for task in self.tasks:
            self._scheduler.add_job(
                self._tick,
                "interval",
                seconds=task.period.total_seconds(),
                args=[task],
                id=task.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=first,
            )
        self._scheduler.start()

    async def stop(self, patience: float = 20) -> None:
        """Tick no more, and give running tasks `patience` seconds to end."""
        if self._beginning is not None:
            self._beginning.cancel()
        if self._scheduler is None or not self._scheduler.running:
            return
        self._scheduler.pause()
        self._stopping = True
        try:
            await asyncio.wait_for(self._idle.wait(), patience)
        except TimeoutError:
            log.warning("tasks_cut_off", seconds=patience)
        # it cancels whatever it still runs, so it comes last
        self._scheduler.shutdown(wait=False)
        await self._permit.give_back()

    async def is_ticking(self) -> None:
        """Return when a task was begun lately. Raises RuntimeError when not: for readiness."""
        longest = 3 * max(min(task.period.total_seconds() for task in self.tasks), 10)
        if self.last_tick is None or asyncio.get_running_loop().time() - self.last_tick > longest:
            raise RuntimeError("the schedule does not tick")

    async def run_once(self) -> None:
        """Do every task once, in order, here and now, whoever holds the lease; errors come out."""
        for task in self.tasks:
            await task.work()

    async def _tick(self, task: Task) -> None:
        """Do the task; shared work that found something to do goes on, because there may be more."""
        self._running += 1
        self._idle.clear()
        try:
            while await self._round(task) and task.shared and not self._stopping:
                pass
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def _round(self, task: Task) -> bool:
        """Whether it was done, and found something to do."""
        loop = asyncio.get_running_loop()
        self.last_tick = started = loop.time()
        failure: BaseException | None = None
        ran = False
        found: object = None
        try:
            async with self._permit(task) if not task.shared else nullcontext(enter_result=True) as may:
                if may:
                    ran = True
                    found = await task.work()
        except Exception as error:  # one bad tick must not stop the clock: the rows are still there
            failure = error
            log.exception("task_failed", task=task.name, error=type(error).__name__)
        finally:
            if self._observe is not None and (ran or failure is not None):
                self._observe(task, loop.time() - started, failure)
        return bool(found)

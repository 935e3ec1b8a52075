"""A Telegram that is far away, on a clock that moves when everybody waits: its flood limits, and slow answers."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import RetryAfter

from app.config import Config
from app.settings import Settings
from bot.routing.people import People
from bot.routing.visit import House
from bot.sending.limits import OwnLimit
from db.session import Database
from shop.catalog.glances import Glances
from shop.catalog.shelves import Shelves
from simulator.telegram.errors import BotApiError
from simulator.telegram.flood import Flood
from tests.world.clock import START

T = TypeVar("T")
ROUNDS = 50  # of the event loop, after which whoever is awake has gone to sleep
BOT_ID = 42


class Hours:
    """A clock whose sleepers wake in order, as soon as nobody has anything else to do."""

    def __init__(self, start: float = 0.0) -> None:
        self._now = start
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        """Seconds since the beginning."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Until so many seconds have passed."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._order), woken))
        await woken

    async def live(self, work: Coroutine[Any, Any, T], *, busy: Callable[[], bool] = lambda: False) -> T:
        """Do the work; no time passes while somebody is awake or, somewhere else, `busy`."""
        async with asyncio.TaskGroup() as group:
            doing = group.create_task(work)
            while not doing.done():
                for _ in range(ROUNDS):
                    await asyncio.sleep(0)
                if not busy() and not doing.done() and self._sleepers:
                    self._now, _, woken = heapq.heappop(self._sleepers)
                    if not woken.done():
                        woken.set_result(None)
        return doing.result()


class Dated:
    """The same clock as the shop reads it."""

    def __init__(self, hours: Hours) -> None:
        self._hours = hours

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return START + timedelta(seconds=self._hours.now())


class Watched(Database):
    """A database that says whether it has something in hand."""

    in_hand = 0

    async def transact(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """The same."""
        self.in_hand += 1
        try:
            return await super().transact(work)
        finally:
            self.in_hand -= 1

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """The same."""
        self.in_hand += 1
        try:
            async with super().read() as session:
                yield session
        finally:
            self.in_hand -= 1


class FarTelegram:
    """Takes messages `way` seconds after they were sent, says so `way` seconds later; `arrives` notes each of them."""

    def __init__(self, hours: Hours, *, way: Callable[[], float], arrives: Callable[[float, int], None]) -> None:
        self.hours = hours
        self.refused = 0
        self._way, self._arrives = way, arrives
        self._flood = Flood(hours)
        self._flood.enabled = True

    def limit(self) -> OwnLimit:
        """A flood limit of the shop's, on the same clock."""
        return OwnLimit(time=self.hours.now, sleep=self.hours.sleep)

    async def call(self, _method: str, data: Mapping[str, Any]) -> Any:
        """Send a message. Raises RetryAfter."""
        await self.hours.sleep(self._way())
        try:
            self._flood.check(BOT_ID, data["chat_id"])
        except BotApiError as error:
            self.refused += 1
            raise RetryAfter(error.retry_after or 1) from error
        self._arrives(self.hours.now(), data["chat_id"])
        await self.hours.sleep(self._way())
        return {"message_id": 1}


class NoFiles:
    """Nobody sends any."""

    async def read(self, file_id: str, *, most: int) -> bytes:
        """Raises LookupError."""
        raise LookupError(file_id)


def house(database: Database, hours: Hours) -> House:
    """The shop's rooms, without a bot at its door."""
    clock = Dated(hours)
    return House(
        db=database,
        clock=clock,
        settings=Settings(Config(), database, configured=()),
        providers={},
        bot_id=BOT_ID,
        bot_username="test_shop_bot",
        media=Path(),
        people=People(database, clock),
        shelves=Shelves(database, clock=clock),
        glances=Glances(database, clock),
        files=NoFiles(),
        every_command=(),
    )

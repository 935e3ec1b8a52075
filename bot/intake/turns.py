"""Whose turn it is: each person in order, many people at once, fairly, and a bounded number waiting."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.intake.reading import Incoming

Handle = Callable[[Incoming], Awaitable[bool]]


class Full(Exception):  # noqa: N818  it reads as a claim
    """No room to wait: in the whole house, or in one person's own queue."""


class Turns:
    """Runs updates: at most `at_once` people are served together and at most `room` updates wait.

    A person with many updates goes to the end of the line after each, so that one slow or noisy person delays
    nobody else. Updates that Telegram waits for skip the line.

    The line is where a crowd waits best: with more people at once every step of a transaction comes later, and its
    locks are held for longer (measured: with 128 instead of 48 nobody got through to paying on SQLite). At 60 ms a
    call of the Bot API, 48 are still 700 taps a second, more than a core can serve.
    """

    def __init__(self, handle: Handle, *, at_once: int = 48, room: int = 2000, per_person: int = 64) -> None:
        self._handle = handle
        self._at_once = at_once
        self._room = room
        self._per_person = per_person
        self._queues: dict[int, deque[tuple[Incoming, asyncio.Future[bool]]]] = {}
        self._line: deque[int] = deque()  # people with something to do whom nobody serves yet
        self._servers: set[asyncio.Task[None]] = set()
        self._urgent: set[asyncio.Task[bool]] = set()
        self._waiting = 0
        self._has_room = asyncio.Event()
        self._has_room.set()

    @property
    def waiting(self) -> int:
        """How many updates wait or are being handled."""
        return self._waiting + len(self._urgent)

    def take(self, incoming: Incoming) -> asyncio.Future[bool]:
        """Queue an update; the future tells how handling it ended. Raises Full."""
        if incoming.is_urgent:
            return self._at_once_for(incoming)
        person = incoming.person.telegram_id
        queue = self._queues.get(person)
        if not incoming.carries_money and (
            self._waiting >= self._room or (queue is not None and len(queue) >= self._per_person)
        ):
            raise Full
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting += 1
        if self._waiting >= self._room:
            self._has_room.clear()
        if queue is None:
            self._queues[person] = deque([(incoming, done)])
            self._line.append(person)
            if len(self._servers) < self._at_once:
                self._spawn()
        else:
            queue.append((incoming, done))
        return done

    async def has_room(self) -> None:
        """Wait until one more update may come."""
        await self._has_room.wait()

    async def drain(self) -> None:
        """Wait until everything taken so far was handled."""
        while self._servers or self._urgent:
            await asyncio.wait([*self._servers, *self._urgent])

    def _spawn(self) -> None:
        server = asyncio.create_task(self._serve())  # noqa: TID251  kept in a set; _serve lets no error out
        self._servers.add(server)
        server.add_done_callback(self._servers.discard)

    def _at_once_for(self, incoming: Incoming) -> asyncio.Future[bool]:
        if len(self._urgent) >= self._room:
            raise Full
        task = asyncio.create_task(self._run(incoming))  # noqa: TID251  kept in a set; _run lets no error out
        self._urgent.add(task)
        task.add_done_callback(self._urgent.discard)
        return task

    async def _serve(self) -> None:
        while self._line:
            person = self._line.popleft()
            queue = self._queues[person]
            incoming, done = queue[0]
            result = await self._run(incoming)
            queue.popleft()
            if queue:
                self._line.append(person)
            else:
                del self._queues[person]
            self._waiting -= 1
            if self._waiting < self._room:
                self._has_room.set()
            if not done.done():
                done.set_result(result)

    async def _run(self, incoming: Incoming) -> bool:
        try:
            return await self._handle(incoming)
        except Exception:  # noqa: BLE001  the edge reports its own errors: whatever still comes here must not stop the house
            return False

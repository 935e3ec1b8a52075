"""Telegram's flood limits for what is sent unasked: 30 messages a second, 1 to a chat, 20 a minute to a group."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from heapq import heappop, heappush
from time import monotonic
from typing import Protocol

PER_SECOND = 30  # core.telegram.org/bots/faq, read 2026-11
PER_CHAT = 1.0  # seconds between two messages to one chat
PER_GROUP, MINUTE = 20, 60.0  # messages to one group in so many seconds
REMEMBERED = 10_000
GLANCE = 0.01  # seconds until looking again whether a message has arrived
WATCHED = 50  # answers of which the fastest is the way there and back
SMOOTH = 1.5  # times the permitted rate at most, so that they do not wait behind each other on their way
AT_ONCE = 5  # before that
NEARLY = 0.95  # of it: a still faster one may come


class FloodLimit(Protocol):
    """Gives out turns to send."""

    def turn(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        """Sleep until a message to this chat may be sent; it is sent in the block."""
        ...

    async def hold(self, seconds: float) -> None:
        """Telegram asked for silence: nobody sends for so long."""
        ...

    async def calm(self) -> None:
        """Sleep while Telegram wants silence."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


class OwnLimit:
    """The flood limit of a process that is alone.

    Nobody knows when a message arrives between the call and its answer. What is known: none is there and back sooner
    than the fastest of the last ones. So each counts from its call until a second after its answer, less the time that
    the fastest took: however the network shakes them, no second at Telegram's side holds more than is permitted, and
    answers that all take long cost nothing.
    """

    def __init__(
        self,
        *,
        per_second: int = PER_SECOND,
        time: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._per_second = per_second
        self._time = time  # not the loop's, which stands still while a step of the loop lasts
        self._sleep = sleep
        self._queue = asyncio.Lock()
        self._under_way = 0
        self._pace = 1 / (SMOOTH * per_second)
        self._next = float("-inf")  # when the next turn may be, for the pace
        self._counted: list[float] = []  # a heap: until when those that were answered count
        self._back = _Fastest()
        self._silent_until = float("-inf")
        self._chats: OrderedDict[int, float] = OrderedDict()  # when each may hear from us again
        self._groups: OrderedDict[int, deque[float]] = OrderedDict()  # moments of the last minute

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncGenerator[None]:
        """Sleep until a message to this chat may be sent; it is sent in the block."""
        while (pause := self._closed_for(chat_id)) > 0:
            await self._sleep(pause)  # outside of the queue: others go first
        self._remember(chat_id)
        async with self._queue:
            while (pause := self._full_for()) > 0:
                await self._sleep(pause)
            self._under_way += 1
            self._next = max(self._next + self._pace, self._time() - (AT_ONCE - 1) * self._pace)
            called = self._time()
        try:
            yield
        finally:
            self._under_way -= 1
            answered = self._time()
            heappush(self._counted, answered - self._back.after(answered - called) + 1)
            self._remember(chat_id, again=True)

    async def hold(self, seconds: float) -> None:
        """Nobody in this process sends for so long."""
        self._silent_until = max(self._silent_until, self._time() + seconds)

    async def calm(self) -> None:
        """Sleep while Telegram wants silence."""
        while (pause := self._silent_until - self._time()) > 0:
            await self._sleep(pause)

    async def close(self) -> None:
        """Nothing is held."""

    def _closed_for(self, chat_id: int) -> float:
        """For how many seconds nobody may send to this chat."""
        now = self._time()
        wait = self._chats.get(chat_id, float("-inf")) - now
        if chat_id < 0 and (sent := self._groups.get(chat_id)):
            while sent and sent[0] <= now - MINUTE:
                sent.popleft()
            if len(sent) >= PER_GROUP:
                wait = max(wait, sent[0] + MINUTE - now)
        return wait

    def _full_for(self) -> float:
        """For how many seconds nobody may send, as far as is known."""
        now = self._time()
        while self._counted and self._counted[0] <= now:
            heappop(self._counted)
        if now < self._silent_until:
            return self._silent_until - now
        if self._under_way + len(self._counted) < self._per_second:
            return self._next - now
        # what is answered after more than a second counts no more, whatever was answered before it
        soon = not self._counted or self._back.fastest >= 1
        return GLANCE if soon else self._counted[0] - now

    def _remember(self, chat_id: int, *, again: bool = False) -> None:
        """A message goes out; `again`: it has just arrived, which is what counts for Telegram."""
        self._chats[chat_id] = self._time() + PER_CHAT
        self._chats.move_to_end(chat_id)
        while len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        if chat_id < 0:
            sent = self._groups.setdefault(chat_id, deque())
            if again and sent:
                sent.pop()
            sent.append(self._time())
            self._groups.move_to_end(chat_id)
            while len(self._groups) > REMEMBERED:
                self._groups.popitem(last=False)


class _Fastest:
    """How long the fastest of the last answers took; 0 until enough of them are known."""

    def __init__(self) -> None:
        self.fastest = 0.0
        self._seen = 0
        self._now, self._before = float("inf"), 0.0

    def after(self, took: float) -> float:
        """The fastest, this one among them."""
        self._now = min(self._now, took)
        self.fastest = NEARLY * min(self._now, self._before)
        self._seen += 1
        if self._seen == WATCHED:
            self._seen, self._before, self._now = 0, self._now, float("inf")
        return self.fastest

"""Telegram's flood limits for what is sent unasked: 30 messages a second, 1 to a chat, 20 a minute to a group."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from time import monotonic
from typing import Protocol

PER_SECOND = 30  # core.telegram.org/bots/faq, read 2026-11
PER_CHAT = 1.0  # seconds between two messages to one chat
PER_GROUP, MINUTE = 20, 60.0  # messages to one group in so many seconds
REMEMBERED = 10_000
GLANCE = 0.01  # seconds until looking again whether a message has arrived


class FloodLimit(Protocol):
    """Gives out turns to send."""

    def turn(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        """Sleep until a message to this chat may be sent; it is sent in the block."""
        ...

    async def hold(self, seconds: float) -> None:
        """Telegram asked for silence: nobody sends for so long."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


class OwnLimit:
    """The flood limit of a process that is alone.

    Nobody knows when a message arrives between the call and its answer, so it counts from the call until a second after
    the answer: however the network shakes them, no second at Telegram's side holds more than is permitted.
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
        self._answered: deque[float] = deque()  # moments of the last second
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
        try:
            yield
        finally:
            self._under_way -= 1
            self._answered.append(self._time())
            self._remember(chat_id, again=True)

    async def hold(self, seconds: float) -> None:
        """Nobody in this process sends for so long."""
        self._silent_until = max(self._silent_until, self._time() + seconds)

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
        while self._answered and self._answered[0] <= now - 1:
            self._answered.popleft()
        if now < self._silent_until:
            return self._silent_until - now
        if self._under_way + len(self._answered) < self._per_second:
            return 0.0
        return self._answered[0] + 1 - now if self._answered else GLANCE

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

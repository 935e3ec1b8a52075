"""Telegram's flood limits for what we send unasked: about 30 messages a second over all, one a second to a chat."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

PER_SECOND = 28  # a little under the limit: screens that answer taps go out unasked
PER_CHAT = 1.0  # seconds between two messages to one chat
REMEMBERED = 10_000


class FloodLimit(Protocol):
    """Gives out moments to send."""

    async def wait(self, chat_id: int) -> None:
        """Sleep until a message to this chat may be sent."""
        ...

    async def hold(self, seconds: float) -> None:
        """Telegram asked for silence: nobody sends for so long."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


class OwnLimit:
    """The flood limit of a process that is alone."""

    def __init__(self, *, per_second: float = PER_SECOND, time: Callable[[], float] | None = None) -> None:
        self._interval = 1 / per_second
        self._time = time or (lambda: asyncio.get_running_loop().time())
        self._next = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    def reserve(self, chat_id: int) -> float:
        """Take the next free moment for this chat; how many seconds until then."""
        now = self._time()
        moment = max(now, self._next, self._chats.get(chat_id, 0.0))
        self._next = max(now, self._next) + self._interval
        self._chats[chat_id] = moment + PER_CHAT
        self._chats.move_to_end(chat_id)
        while len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        return moment - now

    async def wait(self, chat_id: int) -> None:
        """Sleep until a message to this chat may be sent."""
        delay = self.reserve(chat_id)
        if delay > 0:
            await asyncio.sleep(delay)

    async def hold(self, seconds: float) -> None:
        """Nobody in this process sends for so long."""
        self._next = max(self._next, self._time() + seconds)

    async def close(self) -> None:
        """Nothing is held."""

"""The flood limit of all replicas together, kept in Redis."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool, Redis
from redis.exceptions import RedisError

from bot.sending.limits import OwnLimit

PREFIX = "storefront"
PER_SECOND = 29  # one under what is permitted: replicas do not see when messages arrive
OVERALL = RateLimitItemPerSecond(PER_SECOND)
PER_CHAT = RateLimitItemPerSecond(1)
PER_GROUP = RateLimitItemPerMinute(20)
SILENCE = f"{PREFIX}:silence"
ANSWER = 2.0  # seconds until a Redis that does not answer counts as away
QUIET = 60.0  # seconds between two complaints about it
NOT_BEFORE = 0.01  # seconds: the least pause before asking again

log = structlog.get_logger()


class SharedLimit:
    """At most so many messages in any second from all replicas of one bot; while Redis is away, each by itself."""

    def __init__(self, url: str, bot: str, *, answer: float = ANSWER) -> None:
        """`url` as redis.url; `bot` sets bots apart that share a Redis; `answer` is in seconds.

        Raises nothing while Redis is away.
        """
        pool = ConnectionPool.from_url(url, socket_timeout=answer, socket_connect_timeout=answer)
        self._redis: Redis = Redis(connection_pool=pool)
        scheme = f"async+{url}" if not url.startswith("unix:") else f"async+redis+{url}"
        shared: dict[str, Any] = {"connection_pool": pool}
        storage = RedisStorage(scheme, implementation="redispy", key_prefix=PREFIX, **shared)
        self._limiter = MovingWindowRateLimiter(storage)
        self._bot = bot
        self._alone = OwnLimit()
        self._complained = float("-inf")

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncGenerator[None]:
        """Sleep until a message to this chat may be sent; it is sent in the block."""
        if await self._wait(str(chat_id)):
            yield
        else:
            async with self._alone.turn(chat_id):
                yield

    async def hold(self, seconds: float) -> None:
        """Telegram asked for silence: no replica sends for so long."""
        await self._alone.hold(seconds)
        try:
            await self._redis.set(f"{SILENCE}:{self._bot}", "1", px=max(1, int(seconds * 1000)))
        except (RedisError, OSError, TimeoutError) as error:
            self._complain(error)

    async def calm(self) -> None:
        """Sleep while Telegram wants silence."""
        await self._alone.calm()
        try:
            while (silence := await self._redis.pttl(f"{SILENCE}:{self._bot}")) > 0:  # noqa: ASYNC110  as above
                await asyncio.sleep(float(silence) / 1000)
        except (RedisError, OSError, TimeoutError) as error:
            self._complain(error)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose(close_connection_pool=True)

    async def _wait(self, chat: str) -> bool:
        """Sleep until all replicas together may send; False when Redis is away."""
        try:
            while (pause := await self._take(chat)) > 0:  # noqa: ASYNC110  Redis calls nobody back
                await asyncio.sleep(pause)
        except (RedisError, OSError, TimeoutError) as error:
            self._complain(error)
            return False
        return True

    async def _take(self, chat: str) -> float:
        """Take this moment for the chat, or say how many seconds to wait before asking again."""
        silence = await self._redis.pttl(f"{SILENCE}:{self._bot}")
        if silence > 0:
            return float(silence) / 1000
        if not await self._limiter.test(PER_CHAT, self._bot, chat):
            return await self._until(PER_CHAT, chat)
        is_group = chat.startswith("-")
        if is_group and not await self._limiter.test(PER_GROUP, self._bot, chat):
            return await self._until(PER_GROUP, chat)
        if not await self._limiter.hit(OVERALL, self._bot):
            return await self._until(OVERALL)
        if not await self._limiter.hit(PER_CHAT, self._bot, chat):  # another replica was faster by a moment
            return await self._until(PER_CHAT, chat)
        if is_group and not await self._limiter.hit(PER_GROUP, self._bot, chat):
            return await self._until(PER_GROUP, chat)
        return 0.0

    async def _until(self, limit: RateLimitItem, *names: str) -> float:
        stats = await self._limiter.get_window_stats(limit, self._bot, *names)
        return max(NOT_BEFORE, stats.reset_time - time.time())

    def _complain(self, error: Exception) -> None:
        now = time.monotonic()
        if now - self._complained >= QUIET:
            self._complained = now
            log.warning("redis_away", error=type(error).__name__, instead="each replica limits itself")

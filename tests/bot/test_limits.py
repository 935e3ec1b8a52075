"""The flood limit: 28 a second over all, one a second to a chat; for all replicas together where there is a Redis."""

import asyncio
import os
import secrets
import time
from collections.abc import AsyncGenerator

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.limits import PER_SECOND, OwnLimit
from bot.shared_limit import SharedLimit

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NOWHERE = "redis://127.0.0.1:1/0"


async def _answers() -> bool:
    redis = Redis.from_url(REDIS, socket_connect_timeout=1)
    try:
        await redis.ping()
    except (RedisError, OSError):
        return False
    finally:
        await redis.aclose()
    return True


@pytest.fixture
async def replicas() -> AsyncGenerator[tuple[SharedLimit, SharedLimit]]:
    """Two processes' limits of one bot."""
    if not await _answers():
        pytest.skip(f"no Redis answers at {REDIS}")
    bot = f"test-{secrets.token_hex(6)}"
    first, second = SharedLimit(REDIS, bot), SharedLimit(REDIS, bot)
    yield first, second
    await first.close()
    await second.close()


def test_one_process_spreads_messages_and_spaces_those_to_one_chat() -> None:
    now = 100.0
    limit = OwnLimit(per_second=10, time=lambda: now)

    assert [round(limit.reserve(chat), 3) for chat in range(4)] == [0.0, 0.1, 0.2, 0.3]
    assert round(limit.reserve(0), 3) == 1.0


async def test_silence_that_telegram_asked_for_is_kept() -> None:
    now = 100.0
    limit = OwnLimit(time=lambda: now)

    await limit.hold(7)

    assert limit.reserve(1) == 7.0


async def test_two_replicas_together_keep_one_limit(replicas: tuple[SharedLimit, SharedLimit]) -> None:
    sent: list[float] = []

    async def send(chat: int) -> None:
        await replicas[chat % 2].wait(chat)
        sent.append(time.monotonic())

    await asyncio.gather(*(send(chat) for chat in range(2 * PER_SECOND + 4)))

    sent.sort()
    most = max(sum(start <= moment < start + 0.9 for moment in sent) for start in sent)
    assert most <= PER_SECOND
    assert sent[-1] - sent[0] >= 1.5


async def test_one_chat_hears_from_all_replicas_once_a_second(replicas: tuple[SharedLimit, SharedLimit]) -> None:
    began = time.monotonic()

    for replica in (*replicas, replicas[0]):
        await replica.wait(7)

    assert time.monotonic() - began >= 1.5


async def test_silence_holds_for_the_other_replica_too(replicas: tuple[SharedLimit, SharedLimit]) -> None:
    began = time.monotonic()

    await replicas[0].hold(0.7)
    await replicas[1].wait(7)

    assert time.monotonic() - began >= 0.6


async def test_while_redis_is_away_messages_still_go_out() -> None:
    limit = SharedLimit(NOWHERE, "test")

    async with asyncio.timeout(10):
        await limit.hold(0.01)
        for chat in range(5):
            await limit.wait(chat)
    await limit.close()

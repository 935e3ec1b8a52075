"""The flood limit: 30 a second over all, one a second to a chat; for all replicas together where there is a Redis."""

import asyncio
import os
import random
import secrets
import time
from bisect import bisect_left
from collections.abc import AsyncGenerator

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.sending.limits import PER_SECOND, OwnLimit
from bot.sending.shared_limit import PER_SECOND as TOGETHER
from bot.sending.shared_limit import SharedLimit
from tests.world.far_telegram import Hours

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
PATIENCE = 30.0  # seconds: a busy machine is no Redis that is away
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
    first, second = (SharedLimit(REDIS, bot, answer=PATIENCE) for _ in range(2))
    yield first, second
    await first.close()
    await second.close()


class Afternoon:
    """A clock whose sleepers wake at once, later."""

    def __init__(self) -> None:
        self.now = 100.0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)

    def limit(self, per_second: int = PER_SECOND) -> OwnLimit:
        return OwnLimit(per_second=per_second, time=self.time, sleep=self.sleep)


@pytest.mark.parametrize("answer_takes", [0.0, 0.004, 0.02])
async def test_no_second_has_more_than_is_permitted_and_hardly_less(answer_takes: float) -> None:
    """Count a message only from its call, or only from its answer, and some second has too many."""
    day = Afternoon()
    limit = day.limit()
    called, answered = [], []
    for chat in range(20 * PER_SECOND):
        async with limit.turn(chat):
            called.append(day.now)
            day.now += answer_takes
            answered.append(day.now)

    for arrived in (called, answered):
        assert max(sum(start <= moment < start + 0.999 for moment in arrived) for start in arrived) <= PER_SECOND
    assert len(called) / (called[-1] - called[0]) >= 0.95 * PER_SECOND


@pytest.mark.parametrize(("shortest", "longest"), [(0.18, 0.22), (0.2, 0.2), (0.03, 0.1), (0.6, 0.62)])
async def test_no_second_has_more_than_is_permitted_however_long_answers_take(shortest: float, longest: float) -> None:
    """Many at once, each arriving at a moment of its own between its call and its answer."""
    hours, dice = Hours(), random.Random(7)
    limit = OwnLimit(time=hours.now, sleep=hours.sleep)
    arrived: list[float] = []

    async def send(chat: int) -> None:
        async with limit.turn(chat):
            takes = dice.uniform(shortest, longest)
            there = shortest / 2 + dice.uniform(0, takes - shortest)
            await hours.sleep(there)
            arrived.append(hours.now())
            await hours.sleep(takes - there)

    async def send_all() -> None:
        async with asyncio.TaskGroup() as group:
            for chat in range(20 * PER_SECOND):
                group.create_task(send(chat))

    await hours.live(send_all())
    arrived.sort()
    assert max(bisect_left(arrived, start + 0.999) - first for first, start in enumerate(arrived)) <= PER_SECOND
    known = 3 * PER_SECOND  # by then it knows how long answers take
    assert (len(arrived) - known) / (arrived[-1] - arrived[known]) >= 0.95 * PER_SECOND


async def test_one_chat_hears_from_us_once_a_second_and_nobody_waits_for_it() -> None:
    day = Afternoon()
    limit = day.limit()
    async with limit.turn(1):
        pass
    async with limit.turn(2):
        other = day.now
    async with limit.turn(1):
        again = day.now

    assert (other, round(again - 100.0, 3)) == (100.0, 1.0)


async def test_a_group_hears_twenty_times_a_minute_and_nobody_waits_for_it() -> None:
    day = Afternoon()
    limit = day.limit()
    arrived = []
    for _ in range(65):
        async with limit.turn(-1001):
            day.now += 0.01
            arrived.append(day.now)
    async with limit.turn(7):
        beside = day.now

    assert max(sum(start <= moment < start + 59.99 for moment in arrived) for start in arrived) <= 20
    assert 180 <= arrived[-1] - arrived[0] < 190
    assert beside == arrived[-1]


async def test_messages_that_are_not_answered_yet_are_waited_for() -> None:
    """Count answers alone, and a slow Telegram is sent any number of messages at once."""
    day = Afternoon()
    limit = day.limit(per_second=2)
    called: list[int] = []

    async def call(chat: int) -> None:
        async with limit.turn(chat):
            called.append(chat)

    async with asyncio.TaskGroup() as group, limit.turn(1), limit.turn(2):
        group.create_task(call(3))
        for _ in range(300):
            await asyncio.sleep(0)
        assert called == []
    assert called == [3]


async def test_silence_that_telegram_asked_for_is_kept() -> None:
    day = Afternoon()
    limit = day.limit()

    await limit.hold(7)
    async with limit.turn(1):
        assert day.now == 107.0


async def test_two_replicas_together_keep_one_limit(replicas: tuple[SharedLimit, SharedLimit]) -> None:
    """A machine that stood still makes a turn look later, never earlier: so each is measured from the beginning."""
    sent: list[float] = []
    began = time.monotonic()

    async def send(chat: int) -> None:
        async with replicas[chat % 2].turn(chat):
            sent.append(time.monotonic() - began)

    await asyncio.gather(*(send(chat) for chat in range(2 * TOGETHER + 4)))

    sent.sort()
    assert sent[TOGETHER] >= 0.9  # the first that is one too many for the first second
    assert sent[2 * TOGETHER] >= 1.8


async def test_one_chat_hears_from_all_replicas_once_a_second(replicas: tuple[SharedLimit, SharedLimit]) -> None:
    began = time.monotonic()

    for replica in (*replicas, replicas[0]):
        async with replica.turn(7):
            pass

    assert time.monotonic() - began >= 1.5


async def test_silence_holds_for_the_other_replica_too(replicas: tuple[SharedLimit, SharedLimit]) -> None:
    began = time.monotonic()

    await replicas[0].hold(0.7)
    async with replicas[1].turn(7):
        pass

    assert time.monotonic() - began >= 0.6


async def test_while_redis_is_away_messages_still_go_out() -> None:
    limit = SharedLimit(NOWHERE, "test")

    async with asyncio.timeout(10):
        await limit.hold(0.01)
        for chat in range(5):
            async with limit.turn(chat):
                pass
    await limit.close()

"""Of many processes that tick, one does the work, once a period."""

import asyncio
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from db.session import Database
from shop.jobs import leases
from tests.world.clock import START

TTL, PERIOD = timedelta(seconds=60), timedelta(seconds=10)


async def _take(session: AsyncSession, owner: str, seconds: float) -> bool:
    now = START + timedelta(seconds=seconds)
    return await leases.take(session, "expire", owner, now=now, ttl=TTL, period=PERIOD)


async def test_one_of_many_that_tick_at_once_may_work(database: Database) -> None:
    taken = await asyncio.gather(
        *(database.transact(lambda session, name=name: _take(session, name, 0)) for name in "abcdef")  # type: ignore[misc]  # a bound default
    )
    assert sum(taken) == 1


async def test_the_holder_works_once_a_period_and_others_wait_for_it(session: AsyncSession) -> None:
    assert await _take(session, "a", 0)
    assert not await _take(session, "a", 5)
    assert await _take(session, "a", 9.95)  # a tick that comes a little early is not lost
    assert not await _take(session, "b", 30)


async def test_a_lease_that_was_given_back_is_anybodys(session: AsyncSession) -> None:
    assert await _take(session, "a", 0)
    await leases.give_back(session, "expire", "b", last_run=START, now=START)
    assert not await _take(session, "b", 10)
    await leases.give_back(session, "expire", "a", last_run=START, now=START)
    assert await _take(session, "b", 10)


async def test_who_died_is_replaced_when_the_lease_runs_out(session: AsyncSession) -> None:
    assert await _take(session, "a", 0)
    assert not await _take(session, "b", 59)
    assert await _take(session, "b", 60)
    assert not await _take(session, "a", 70)


async def test_a_task_that_takes_long_keeps_its_lease(session: AsyncSession) -> None:
    assert await _take(session, "a", 0)
    assert await leases.renew(session, "expire", "a", now=START + TTL / 2, ttl=TTL)
    assert not await _take(session, "b", 60)
    assert await _take(session, "b", 90)
    assert not await leases.renew(session, "expire", "a", now=START + 2 * TTL, ttl=TTL)


async def test_tasks_have_leases_of_their_own(session: AsyncSession) -> None:
    assert await _take(session, "a", 0)
    assert await leases.take(session, "reconcile", "b", now=START, ttl=TTL, period=PERIOD)

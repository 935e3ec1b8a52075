"""One replica does a task, once a period; who dies is replaced after the lease, who leaves at once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.permits import OneAtATime
from app.schedule import Task
from db.models import Lease
from db.session import Database
from tests.world.clock import ManualClock

TTL = timedelta(seconds=15)


async def nothing() -> None:
    """The work does not matter here."""


SECONDLY = Task("expire", timedelta(seconds=1), nothing)
HOURLY = Task("forget", timedelta(hours=1), nothing)


def _two(database: Database, clock: ManualClock) -> tuple[OneAtATime, OneAtATime]:
    first, second = (OneAtATime(database, clock, owner=name, ttl=TTL) for name in ("first", "second"))
    return first, second


async def _runs(permit: OneAtATime, task: Task) -> bool:
    async with permit(task) as may:
        return may


async def test_two_replicas_tick_and_each_period_is_done_once(database: Database, clock: ManualClock) -> None:
    first, second = _two(database, clock)
    runs = []
    for _ in range(40):
        runs.append([await _runs(permit, SECONDLY) for permit in (first, second)])
        clock.pass_by(seconds=1)
    assert runs == [[True, False]] * 40


async def test_what_is_done_hourly_is_done_once_an_hour_by_whoever_comes(
    database: Database, clock: ManualClock
) -> None:
    first, second = _two(database, clock)
    assert await _runs(first, HOURLY)
    clock.pass_by(minutes=30)
    assert not await _runs(second, HOURLY)
    clock.pass_by(minutes=30)
    assert await _runs(second, HOURLY)
    assert not await _runs(first, HOURLY)


async def test_a_replica_that_died_is_replaced_within_the_lease(database: Database, clock: ManualClock) -> None:
    first, second = _two(database, clock)
    for _ in range(5):
        assert await _runs(first, SECONDLY)
        clock.pass_by(seconds=1)
    waited = 0
    while not await _runs(second, SECONDLY):
        clock.pass_by(seconds=1)
        waited += 1
    assert waited <= TTL.total_seconds()
    assert not await _runs(first, SECONDLY), "the dead one comes back: it must ask before it works again"


async def test_an_error_of_the_work_comes_out_as_it_is(database: Database, clock: ManualClock) -> None:
    first, _ = _two(database, clock)
    with pytest.raises(ZeroDivisionError):
        async with first(SECONDLY):
            raise ZeroDivisionError


async def test_a_replica_that_leaves_is_replaced_at_once_but_no_period_is_done_twice(
    database: Database, clock: ManualClock
) -> None:
    first, second = _two(database, clock)
    for _ in range(3):
        assert await _runs(first, SECONDLY)
        clock.pass_by(seconds=1)
    assert await _runs(first, SECONDLY)
    await first.give_back()
    assert not await _runs(second, SECONDLY)
    clock.pass_by(seconds=1)
    assert await _runs(second, SECONDLY)


async def test_a_renewal_under_way_is_finished_when_the_work_ends(database: Database, clock: ManualClock) -> None:
    """Guard: it is not cancelled in the middle of a statement, which would break its connection."""
    permit = OneAtATime(database, clock, owner="first", ttl=timedelta(milliseconds=60))

    async def work(may_end: asyncio.Event) -> None:
        async with permit(SECONDLY) as may:
            assert may
            await may_end.wait()

    may_end = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        working = group.create_task(work(may_end))
        while "expire" not in permit._held:
            await asyncio.sleep(0)
        async with database.begin() as session:
            await session.scalar(select(Lease).where(Lease.name == "expire").with_for_update())
            await asyncio.sleep(0.1)  # it wants to renew by now, and waits for the row
            may_end.set()
            _, still = await asyncio.wait([working], timeout=0.1)
            assert still
    assert permit._held["expire"].until == clock.now() + timedelta(milliseconds=60)

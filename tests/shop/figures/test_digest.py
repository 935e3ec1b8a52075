"""The look that comes by itself: once a day, at an hour that every clock has, and never long after it."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from db.models import Notification, Role, User
from db.session import Database
from shop.clock import next_at
from shop.figures import send_digests
from shop.people import hours
from shop.people.permissions import ALL, Acting
from shop.policy import Policy
from shop.refusals import NotPermitted
from tests.world.clock import ManualClock
from tests.world.people import OLGA, user

POLICY = Policy()
BERLIN = ZoneInfo("Europe/Berlin")


async def olga_chooses(database: Database, hour: int, clock: ManualClock) -> int:
    async with database.begin() as session:
        olga = await user(session, OLGA)
        acting = Acting(olga.id, olga.id, ALL)
        await hours.choose_digest(session, acting, hour, zone=POLICY.timezone, now=clock.now())
        return olga.id


async def written(database: Database) -> int:
    async with database.read() as session:
        return len((await session.scalars(select(Notification.id))).all())


@pytest.mark.parametrize(
    ("hour", "after", "at"),
    [
        (8, "2026-03-02T06:59", "2026-03-02T07:00"),
        (8, "2026-03-02T07:00", "2026-03-03T07:00"),
        (2, "2026-03-28T12:00", "2026-03-29T01:00"),  # skipped: it is 3 o'clock there
        (2, "2026-10-24T12:00", "2026-10-25T00:00"),  # twice: the first of them
        (2, "2026-10-25T00:00", "2026-10-26T01:00"),  # and not the second
        (8, "2026-10-24T06:00", "2026-10-25T07:00"),  # a day of 25 hours
    ],
)
def test_the_next_hour_is_that_of_the_shops_clock(hour: int, after: str, at: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert next_at(hour, moment, BERLIN) == datetime.fromisoformat(at).replace(tzinfo=UTC)


async def test_two_replicas_write_one_look_a_day(database: Database, clock: ManualClock) -> None:
    """Who moves the hour on writes; the key of the day would catch who does not."""
    await olga_chooses(database, 10, clock)
    clock.pass_by(hours=1)
    told = await asyncio.gather(*(send_digests(database, clock, POLICY) for _ in range(3)))
    assert (sum(told), await written(database)) == (1, 1)
    clock.pass_by(days=1)
    assert await send_digests(database, clock, POLICY) == 1


@pytest.mark.one_database
async def test_another_hour_on_the_same_day_brings_no_second_look(database: Database, clock: ManualClock) -> None:
    """Guard: the key of the day."""
    await olga_chooses(database, 10, clock)
    clock.pass_by(hours=1)
    assert await send_digests(database, clock, POLICY) == 1
    await olga_chooses(database, 12, clock)
    clock.pass_by(hours=2)
    assert await send_digests(database, clock, POLICY) == 0


@pytest.mark.one_database
@pytest.mark.parametrize(("down", "comes"), [(timedelta(minutes=299), 1), (timedelta(minutes=301), 0)])
async def test_a_schedule_that_was_down_sends_it_within_four_hours(
    database: Database, clock: ManualClock, down: timedelta, comes: int
) -> None:
    await olga_chooses(database, 10, clock)
    clock.pass_by(seconds=down.total_seconds())
    assert await send_digests(database, clock, POLICY) == comes
    clock.pass_by(hours=21)
    assert await send_digests(database, clock, POLICY) == 1


@pytest.mark.one_database
async def test_who_sells_no_more_hears_nothing_and_staff_choose_nothing(database: Database, clock: ManualClock) -> None:
    user_id = await olga_chooses(database, 10, clock)
    async with database.begin() as session:
        await session.execute(update(User).values(role=Role.CUSTOMER))
        with pytest.raises(NotPermitted):
            await hours.of_seller(session, Acting(user_id, user_id + 1, ALL))
    clock.pass_by(hours=1)
    assert await send_digests(database, clock, POLICY) == 0

"""A crowd wants the same few units through two replicas: exactly those are sold, whatever happens to a replica."""

import asyncio
import time

import pytest

from db.session import Database
from simulator.server import Simulator
from tests.replicas.crowd import gather
from tests.world.replicas import Fleet, fleet

pytestmark = pytest.mark.server_databases

EXPIRE = "expire unpaid orders"
SLACK = 20.0  # seconds; a loaded machine ticks late


async def _race(simulator: Simulator, database: Database, url: str, *, buyers: int, units: int) -> Fleet:
    crowd = await gather(simulator, database, buyers=buyers, units=units)
    async with fleet(url, simulator) as shop:
        await crowd.come_to_the_last_button()
        await crowd.order()
        await crowd.hear()
        assert shop.complaints() == []
    await crowd.only_what_there_was_is_promised(units)
    return shop


async def test_six_of_sixty_get_it_through_two_replicas(
    simulator: Simulator, database: Database, database_url: str
) -> None:
    shop = await _race(simulator, database, database_url, buyers=60, units=6)

    assert set(shop.balancer.statuses) == {200}, "nothing was refused or failed"
    assert min(shop.balancer.served.values()) > 30, "both replicas took their share"


@pytest.mark.nightly
async def test_a_hundred_of_a_thousand_get_it_through_two_replicas(
    simulator: Simulator, database: Database, database_url: str
) -> None:
    shop = await _race(simulator, database, database_url, buyers=1000, units=100)

    assert set(shop.balancer.statuses) == {200}


async def test_a_replica_that_is_killed_in_the_middle_loses_nothing(
    simulator: Simulator, database: Database, database_url: str
) -> None:
    """What it had in hand is brought again by Telegram, to the other one, who also takes over the schedule."""
    crowd = await gather(simulator, database, buyers=24, units=4)
    async with fleet(database_url, simulator, STOREFRONT_SCHEDULE__LEASE="2s") as shop:
        await crowd.come_to_the_last_button()
        before = sum(shop.balancer.statuses.values())
        await crowd.order()
        while sum(shop.balancer.statuses.values()) < before + 5:
            await asyncio.sleep(0.01)
        first, second = await shop.runs(EXPIRE)
        await shop.replicas[0 if first >= second else 1].kill()
        killed_at = time.monotonic()
        (already,) = await shop.runs(EXPIRE)
        while await shop.runs(EXPIRE) == [already]:
            await asyncio.sleep(0.05)
        assert time.monotonic() - killed_at < 2 + SLACK
        await crowd.hear()
        assert shop.complaints() == []
    await crowd.only_what_there_was_is_promised(4)

"""The counter at which the tests of money stand."""

from collections.abc import AsyncGenerator

import pytest

from db.session import Database
from shop.policy import Policy
from tests.payments.counter import Counter
from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop


@pytest.fixture
def counter(database: Database, clock: ManualClock, policy: Policy) -> Counter:
    """An empty shop with a pretend provider."""
    return Counter(database, clock, policy)


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    """The whole shop, open and empty."""
    async with open_shop(database_url, clock) as opened:
        yield opened

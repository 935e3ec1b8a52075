"""What a story may ask for: the open shop."""

from collections.abc import AsyncGenerator

import pytest

from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    """The whole shop, open and empty."""
    async with open_shop(database_url, clock) as opened:
        yield opened

"""A pretend Telegram for processes that come and go."""

from collections.abc import AsyncGenerator

import pytest

from simulator.server import Simulator
from tests.world.process import TOKEN


@pytest.fixture
async def simulator() -> AsyncGenerator[Simulator]:
    async with Simulator() as running:
        running.world.bot(TOKEN).username = "test_shop_bot"
        yield running

"""A running simulator, a bare caller of its Bot API, and PTB's own bot."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest
import telegram

from simulator.server import Simulator
from tests.simulator.telegram_world import ANN, BOB, TOKEN, Api


@pytest.fixture
async def simulator() -> AsyncGenerator[Simulator]:
    """The pretend Telegram on a free port."""
    async with Simulator() as running:
        yield running


@pytest.fixture
async def api(simulator: Simulator) -> AsyncGenerator[Api]:
    """A bot that Ann and Bob have started."""
    async with aiohttp.ClientSession() as session:
        caller = Api(session, simulator)
        await caller.ask("getMe")
        simulator.send(ANN, "/start")
        simulator.send(BOB, "/start")
        await caller.updates(offset=-1)
        await caller.updates(offset=simulator.world.bot(TOKEN).updates.next_id)
        yield caller


@pytest.fixture
async def bot(api: Api) -> AsyncGenerator[telegram.Bot]:
    """The same bot through python-telegram-bot."""
    simulator = api.simulator
    async with telegram.Bot(TOKEN, base_url=simulator.bot_api_url, base_file_url=simulator.file_api_url) as ready:
        yield ready

"""A running simulator, a bare caller of its Bot API, and PTB's own bot."""

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio
import telegram

from simulator.server import Simulator
from tests.simulator.telegram_world import ANN, BOB, TOKEN, Api

if TYPE_CHECKING:  # a browser is loaded by the tests that need one
    from playwright.async_api import Browser

    from tests.simulator.page_world import Look


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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> "AsyncGenerator[Browser]":
    """A browser for the tests of one file."""
    from tests.simulator.page_world import browsing

    async with browsing() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def look(browser: "Browser") -> "AsyncGenerator[Look]":
    """The pages of a pretend Telegram of its own."""
    from tests.simulator.page_world import looking

    async with looking(browser) as opened:
        yield opened

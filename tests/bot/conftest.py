"""The real bot at the pretend Telegram's door, and people who chat with it."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest
import structlog

from bot.application import BotApp
from bot.sending.api import ShopBot
from db.session import Database
from shop.policy import Policy
from simulator.server import Simulator
from tests.world.clock import ManualClock
from tests.world.fixed import FixedSettings
from tests.world.guests import Guest
from tests.world.people import EVERYBODY, Someone, user

structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])

TOKEN = "4242:pretend-token"

Meet = Callable[[Someone], Guest]


@pytest.fixture
async def simulator() -> AsyncGenerator[Simulator]:
    async with Simulator() as running:
        yield running


@pytest.fixture
async def api(simulator: Simulator) -> ShopBot:
    return ShopBot(TOKEN, api_url=simulator.url)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    return folder


@pytest.fixture
async def shop_bot(
    database: Database, clock: ManualClock, policy: Policy, api: ShopBot, media: Path
) -> AsyncGenerator[BotApp]:
    """The bot, polling; everybody of the stories has a row."""
    async with database.begin() as session:
        for who in EVERYBODY:
            await user(session, who)
    app = BotApp(db=database, clock=clock, settings=FixedSettings(policy), bot=api, providers={}, media=media)
    await app.start()
    polling = asyncio.create_task(app.poll())  # noqa: TID251  gathered below
    yield app
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    await app.stop()


@pytest.fixture
def meet(simulator: Simulator, shop_bot: BotApp) -> Meet:
    async def settle() -> None:
        await simulator.idle()  # everything is fetched
        await shop_bot.drain()  # and handled
        for chat in simulator.world.chats.values():
            assert not [message.words for message in chat.said if re.search(r"</\w+>|&\w+;", message.words)]

    return lambda who: Guest(simulator, who, settle)

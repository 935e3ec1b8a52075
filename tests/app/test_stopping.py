"""Ctrl-C and SIGTERM end the program whether the shop is open yet or not."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.config import Config
from app.config.secret import Secret
from app.config.services import Database, Telegram, Web
from app.serve import serve
from app.stopping import Stopping


async def test_a_signal_gives_up_an_opening_that_does_not_end() -> None:
    with Stopping() as stopping:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    assert stopping.asked.is_set()


async def test_a_signal_asks_an_open_shop_to_close_in_order() -> None:
    with Stopping() as stopping:
        stopping.opened()
        os.kill(os.getpid(), signal.SIGTERM)
        await stopping.asked.wait()
        await asyncio.sleep(0)  # nothing was cancelled: what closes in order may go on waiting


async def test_another_cancellation_passes_through() -> None:
    async def wait() -> None:
        with Stopping():
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(wait(), timeout=0)


async def test_a_shop_that_cannot_reach_telegram_stops_at_once_and_leaves_nothing_open(tmp_path: Path) -> None:
    asked = asyncio.Event()

    async def away(_request: web.Request) -> web.Response:
        asked.set()
        return web.Response(status=502)

    telegram = web.Application()
    telegram.router.add_route("*", "/{path:.*}", away)
    async with TestServer(telegram) as server:
        config = Config(
            telegram=Telegram(token=Secret("1:pretend-token"), api_url=str(server.make_url("")).rstrip("/")),
            database=Database(url=Secret(f"sqlite:///{tmp_path / 'shop.sqlite3'}")),
            web=Web(port=0),
        )
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            running = group.create_task(serve(config))
            await asked.wait()

            os.kill(os.getpid(), signal.SIGINT)
            await running

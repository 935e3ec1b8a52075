"""Whatever a process of the shop writes at the wordiest level, on a good day or in a failing start, has no secret."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from simulator.server import Simulator
from tests.world.people import ANN, OSCAR

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds; a loaded machine imports slowly
TOKEN = "4242424242:AAEfake-fake-fake-token-of-the-test-shop"
KEY = "sk_test_fakefakefake"
HOOK = "whsec_fakefakefake"
PASSWORD = "hunter2fake"
PROVIDER_TOKEN = "4242424242:TEST:fakefakefakefakefakefakefakefake"
SECRETS = (TOKEN.partition(":")[2], PROVIDER_TOKEN.partition(":")[2], KEY, HOOK, PASSWORD)


def settings(url: str, **more: str) -> dict[str, str]:
    """Everything secret, and the wordiest log."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STOREFRONT_")}
    return clean | {
        "STOREFRONT_TELEGRAM__TOKEN": TOKEN,
        "STOREFRONT_TELEGRAM__PROVIDER_TOKEN": PROVIDER_TOKEN,
        "STOREFRONT_PAYMENTS__STRIPE__SECRET_KEY": KEY,
        "STOREFRONT_PAYMENTS__STRIPE__WEBHOOK_SECRET": HOOK,
        "STOREFRONT_SHOP__OPERATORS": f"[{OSCAR.telegram_id}]",
        "STOREFRONT_SCHEDULE__TICK": "0.1",
        "STOREFRONT_SCHEDULE__RECONCILE": "1",
        "STOREFRONT_WEB__PORT": "0",
        "STOREFRONT_LOGS__LEVEL": "debug",
        "STOREFRONT_DATABASE__URL": url,
        **more,
    }


class Run:
    """A `storefront run`, and all that it has written to both of its channels."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.written = ""

    @classmethod
    async def start(cls, environment: Mapping[str, str]) -> "Run":
        """Start it."""
        command = (sys.executable, "-m", "app", "run")
        out, error = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
        return cls(await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=out, stderr=error))

    async def writes(self, words: str) -> None:
        """Wait until it has written this."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while words not in self.written:
                line = await self.process.stdout.readline()
                assert line, f"it ended without {words!r}: {self.written}"
                self.written += line.decode()

    async def ends(self) -> int:
        """Wait for its end, and read the rest."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            self.written += (await self.process.stdout.read()).decode()
            return await self.process.wait()

    async def stop(self) -> int:
        """Ask it to end."""
        self.process.terminate()
        return await self.ends()

    def told(self) -> list[str]:
        """The secrets that it has written."""
        return [secret for secret in SECRETS if secret in self.written]


@pytest.mark.parametrize(
    ("status", "logged"),
    [(400, "provider_not_asked"), (401, "provider_refuses_key")],
    ids=["the request", "the key"],
)
async def test_a_run_whose_stripe_repeats_what_it_refuses_writes_no_secret(
    tmp_path: Path, status: int, logged: str
) -> None:
    """A whole run: the shop opens, Ann is greeted, the reconciler asks a Stripe that repeats the key.

    Guards: `redact` in the logs. Where the key itself is refused, Stripe's words stop in payments/stripe.py already,
    because they are stored and shown as well (test_the_reconciler_tells_of_a_refused_key_too_and_no_word_repeats_it).
    """
    refused = asyncio.Event()

    async def refuse(request: web.Request) -> web.Response:
        refused.set()
        told = {"message": f"Invalid API Key provided: {request.headers['Authorization']}"}
        return web.json_response({"error": told}, status=status)

    stripe = web.Application()
    stripe.router.add_route("*", "/{path:.*}", refuse)
    async with Simulator() as simulator, TestServer(stripe) as server:
        simulator.world.bot(TOKEN).username = "test_shop_bot"
        more = {
            "STOREFRONT_TELEGRAM__API_URL": simulator.url,
            "STOREFRONT_PAYMENTS__STRIPE__API_URL": str(server.make_url("")).rstrip("/"),
        }
        run = await Run.start(settings(f"sqlite:///{tmp_path / 'shop.sqlite3'}", **more))
        try:
            await run.writes('"open"')
            simulator.send(ANN.telegram_id, "/start")
            async with asyncio.timeout(PATIENCE):
                await refused.wait()
            await simulator.idle(PATIENCE)
            await run.writes(logged)
        finally:
            code = await run.stop()
        assert simulator.chat(ANN.telegram_id).shows("Hello")

    assert code == 0, run.written
    assert run.told() == []


async def test_a_start_that_telegram_refuses_writes_no_secret(tmp_path: Path) -> None:
    """Guard: `redact` in the logs. What stands before Telegram repeats the address, which has the token in it."""
    asked = 0

    async def refuse(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        code = 400 if asked == 1 else 401
        told = {"ok": False, "error_code": code, "description": f"Refused: {request.path}"}
        return web.json_response(told, status=code)

    telegram = web.Application()
    telegram.router.add_route("*", "/{path:.*}", refuse)
    async with TestServer(telegram) as server:
        more = {"STOREFRONT_TELEGRAM__API_URL": str(server.make_url("")).rstrip("/")}
        run = await Run.start(settings(f"sqlite:///{tmp_path / 'shop.sqlite3'}", **more))
        code = await run.ends()

    assert code != 0
    assert "telegram_not_reached" in run.written
    assert "Telegram does not know this token" in run.written
    assert run.told() == []


async def test_a_start_whose_database_repeats_its_address_writes_no_secret() -> None:
    """What stands before PostgreSQL tells which address it could not serve, password and all. Guard: `redact`."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.read(8) == b"\x00\x00\x00\x08\x04\xd2\x16\x2f":  # may it be encrypted?
            writer.write(b"N")
            await reader.read(1024)
        told = f"SFATAL\0C08006\0Mcannot serve postgresql://nobody:{PASSWORD}@127.0.0.1/shop\0\0".encode()
        writer.write(b"E" + (len(told) + 4).to_bytes(4, "big") + told)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        run = await Run.start(settings(f"postgresql://nobody:{PASSWORD}@127.0.0.1:{port}/shop"))
        code = await run.ends()

    assert code != 0
    assert "cannot serve" in run.written
    assert run.told() == []


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
async def test_a_start_whose_database_is_away_writes_no_secret(scheme: str) -> None:
    """The drivers name the host alone, so nothing is there to be hidden: this watches that it stays so."""
    run = await Run.start(settings(f"{scheme}://nobody:{PASSWORD}@127.0.0.1:1/shop"))
    code = await run.ends()

    assert code != 0
    assert "database" in run.written
    assert run.told() == []

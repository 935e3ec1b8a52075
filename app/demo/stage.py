"""Sets the stage: the pretend Telegram as a process of its own, a filled database, and the shop open between them."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.assemble import assemble
from app.config import Config
from app.config.policy import policy
from app.demo.seeding import seed
from app.demo.settings import BOT, STRIPE_SECRET, demo
from app.listening import bind
from app.serve import opened
from payments.by_hand import ByHand
from shop.clock import SystemClock

HOST = "127.0.0.1"
READY = "simulator ready at "


class SimulatorFailed(RuntimeError):  # noqa: N818  it reads as a claim
    """The pretend Telegram did not start."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything is running: the page to open, and what ends when the shop fails."""

    url: str
    failed: asyncio.Future[None]


@asynccontextmanager
async def staged(*, port: int, data: Path, own: Config | None = None) -> AsyncGenerator[Stage]:
    """Set everything up, and take it down again. Raises PortTaken, SimulatorFailed.

    What is already in the folder `data` is used as it is; an empty one is filled.
    """
    bind(HOST, port).close()
    async with _simulator(port, data) as url:
        config = demo(url, data, own)
        database = config.database.url.get_secret_value()
        if not (data / "shop.sqlite3").exists():
            cash = ByHand("cash", "", hold=config.schedule.manual_hold)
            await seed(database, cash, policy=policy(config), now=SystemClock().now())
        async with httpx.AsyncClient(base_url=url) as client:
            (await client.post("/control/bots", json=BOT)).raise_for_status()
            async with opened(assemble(config)) as shop_open:
                hook = {"url": f"{shop_open.address}/webhooks/stripe", "secret": STRIPE_SECRET}
                (await client.post("/stripe/control/webhook", json=hook)).raise_for_status()
                yield Stage(url, shop_open.failed)


@asynccontextmanager
async def _simulator(port: int, data: Path) -> AsyncGenerator[str]:
    """Run `python -m simulator`; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        "--host",
        HOST,
        "--port",
        str(port),
        "--state",
        str(data / "chats.json"),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us: it goes when the shop has said good-bye
    )
    try:
        line = (await process.stdout.readline()).decode().strip() if process.stdout else ""
        if not line.startswith(READY):
            raise SimulatorFailed("the pretend Telegram did not start; its reason stands above")
        yield line.removeprefix(READY)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()

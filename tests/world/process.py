"""The shop as a process of its own, started by its own command, so that it can be killed in the middle."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from simulator.server import Simulator
from tests.world.people import OSCAR

ROOT = Path(__file__).parents[2]
TOKEN = "4242:pretend-token-of-the-test-shop"
PATIENCE = 60  # seconds; a loaded machine imports slowly


def environment(database_url: str, simulator: Simulator) -> dict[str, str]:
    """The configuration as the command takes it: short periods, every provider on."""
    return {
        "STOREFRONT_TELEGRAM__TOKEN": TOKEN,
        "STOREFRONT_TELEGRAM__API_URL": simulator.url,
        "STOREFRONT_TELEGRAM__PROVIDER_TOKEN": "4242:TEST:pretend-provider",
        "STOREFRONT_DATABASE__URL": database_url,
        "STOREFRONT_SHOP__OPERATORS": f"[{OSCAR.telegram_id}]",
        "STOREFRONT_SHOP__SHIPPING": '[{"id": "post", "title": "Post", "price": "4.90"}]',
        "STOREFRONT_SCHEDULE__TICK": "0.2",
        "STOREFRONT_SCHEDULE__RECONCILE": "1",
        "STOREFRONT_WEB__PORT": "0",
        "STOREFRONT_LOGS__LEVEL": "warning",
    }


class Process:
    """One running `storefront run`."""

    def __init__(self, settings: Mapping[str, str], simulator: Simulator) -> None:
        self._settings = settings
        self._simulator = simulator
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it asks for updates."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("STOREFRONT_")}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app", "run", cwd=ROOT, env={**clean, **self._settings}
        )
        async with asyncio.timeout(PATIENCE):
            while self._simulator.world.bot(TOKEN).poll is None:
                assert self._process.returncode is None, "the shop did not start"
                await asyncio.sleep(0.02)

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process is not None
        return self._process.pid

    async def kill(self) -> None:
        """End it with SIGKILL: nothing is finished, nothing is said."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        async with asyncio.timeout(PATIENCE):
            while self._simulator.world.bot(TOKEN).poll is not None:
                await asyncio.sleep(0.02)

    async def stop(self) -> int:
        """SIGTERM, and wait for the orderly end; the exit code."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.terminate()
        return await asyncio.wait_for(self._process.wait(), PATIENCE)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None


@asynccontextmanager
async def running(database_url: str, simulator: Simulator) -> AsyncGenerator[Process]:
    """The shop, running; stopped at the end if it is still alive."""
    process = Process(environment(database_url, simulator), simulator)
    await process.start()
    try:
        yield process
    finally:
        if process.alive:
            await process.stop()

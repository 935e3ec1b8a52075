"""Replicas of the shop: processes of their own behind one address, as a big shop runs, that can be killed."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx

from simulator.server import Simulator
from tests.world.balancer import Address, Balancer, balancing
from tests.world.process import PATIENCE, ROOT, environment


class Replica:
    """One process; what it logs is read as it comes."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._open = asyncio.Event()
        self.address: Address = ("", 0)
        self.log: list[dict[str, Any]] = []

    async def start(self) -> None:
        """Start it, and wait until it says that it is open."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("STOREFRONT_")}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "app", "run"),
            cwd=ROOT,
            env={**clean, **self._settings},
            stderr=asyncio.subprocess.PIPE,
            limit=2**20,
        )
        self._reading = asyncio.create_task(self._read())  # noqa: TID251  ends with the process, awaited in _gone
        async with asyncio.timeout(PATIENCE):
            await self._open.wait()
        assert self.address[1], f"the replica did not open: {self.log[-3:]}"

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._gone()

    def tell_to_stop(self) -> None:
        """SIGTERM."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.terminate()

    async def stop(self) -> int:
        """SIGTERM, and wait for the orderly end; the exit code."""
        self.tell_to_stop()
        return await self._gone()

    async def _gone(self) -> int:
        assert self._process is not None
        code = await asyncio.wait_for(self._process.wait(), PATIENCE)
        if self._reading is not None:
            await self._reading
        return code

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    def complaints(self) -> list[dict[str, Any]]:
        """What it logged as an error."""
        return [entry for entry in self.log if entry.get("level") in {"error", "critical"}]

    async def figures(self) -> dict[str, float]:
        """Its /metrics, by sample name with labels."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://{self.address[0]}:{self.address[1]}/metrics")
        lines = [line.rpartition(" ") for line in answer.text.splitlines() if line and not line.startswith("#")]
        return {name: float(value) for name, _, value in lines}

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            try:
                entry = json.loads(line)
            except ValueError:
                entry = {"level": "error", "event": line.decode(errors="replace")}
            self.log.append(entry)
            if entry.get("event") == "open":
                parts = urlsplit(entry["address"])
                self.address = (parts.hostname or "", parts.port or 0)
                self._open.set()
        self._open.set()


class Fleet:
    """The replicas of one shop behind one address."""

    def __init__(self, settings: Mapping[str, str], balancer: Balancer) -> None:
        self._settings = settings
        self.balancer = balancer
        self.replicas: list[Replica] = []

    async def grow(self) -> Replica:
        """Start one more."""
        replica = Replica(self._settings)
        self.replicas.append(replica)
        await replica.start()
        self.balancer.backends.append(replica.address)
        return replica

    def complaints(self) -> list[dict[str, Any]]:
        """Everything that any of them logged as an error."""
        return [entry for replica in self.replicas for entry in replica.complaints()]

    async def runs(self, task: str) -> list[float]:
        """How often each of the living did a task."""
        name = f'storefront_task_seconds_count{{task="{re.sub(" +", " ", task)}"}}'
        return [(await replica.figures()).get(name, 0.0) for replica in self.replicas if replica.alive]


@asynccontextmanager
async def fleet(database_url: str, simulator: Simulator, *, size: int = 2, **more: str) -> AsyncGenerator[Fleet]:
    """So many replicas in webhook mode, open; the living are stopped in order at the end."""
    async with AsyncExitStack() as stack:
        balancer = await stack.enter_async_context(balancing())
        settings = {
            **environment(database_url, simulator),
            "STOREFRONT_TELEGRAM__MODE": "webhook",
            "STOREFRONT_TELEGRAM__WEBHOOK_URL": f"{balancer.url}/telegram",
            "STOREFRONT_TELEGRAM__WEBHOOK_SECRET": "pretend-webhook-secret-0123456789-abcdef",
            "STOREFRONT_LOGS__LEVEL": "info",
            "STOREFRONT_LOGS__FORMAT": "json",
            **more,
        }
        shop = Fleet(settings, balancer)
        try:
            await asyncio.gather(*(shop.grow() for _ in range(size)))
            yield shop
        finally:
            for replica in shop.replicas:
                if replica.alive:
                    replica.tell_to_stop()
            for replica in shop.replicas:
                if replica.alive:
                    await replica.stop()

"""What is measured: our shop on one database, or the bare framework, each as a child process on a core of its own."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp

from bench.customer import TOKEN
from bench.process import Child, child
from bench.sink import Sink
from bench.stock import MEDIA, fill
from tests.world.databases import Databases

BOT_CORE = 0
HARNESS_CORE = 1


@dataclass(frozen=True)
class Setting:
    """One cell of the matrix: which bot, how updates arrive, on which database, with how much delay (seconds)."""

    subject: str  # "shop" or "ceiling"
    mode: str = "polling"
    database: str = "sqlite"
    latency: float = 0.0
    loop: str = "asyncio"  # the ceiling's; the shop always runs on uvloop
    desk: bool = False  # the shop in a browser is there, and somebody has opened it

    @property
    def name(self) -> str:
        """How results call it."""
        where = [self.database] if self.subject == "shop" else ["on uvloop"] if self.loop == "uvloop" else []
        delay = [f"+{self.latency * 1000:.0f}ms"] if self.latency else []
        return " ".join([self.subject, self.mode, *where, *delay, *(["with a desk"] if self.desk else [])])

    @property
    def ceiling(self) -> "Setting":
        """The bare framework in the same circumstances."""
        return Setting("ceiling", self.mode, "", self.latency)


@dataclass
class Running:
    """A subject under way: the sink it talks to, its process, and where its metrics are (the shop only)."""

    sink: Sink
    process: Child
    cold_start: float  # seconds until the first answer
    cpu: float  # seconds of CPU time until then
    metrics_url: str | None

    async def statements(self) -> float:
        """SQL statements the shop has sent so far."""
        if self.metrics_url is None:
            return 0.0
        async with aiohttp.ClientSession() as session, session.get(self.metrics_url) as answer:
            lines = (await answer.text()).splitlines()
        return sum(
            float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("storefront_database_seconds_count")
        )


@asynccontextmanager
async def running(setting: Setting, databases: Databases, *, products: int = 100) -> AsyncGenerator[Running]:
    """Start the subject on its core, with a filled database, and wait for its first answer."""
    os.sched_setaffinity(0, {HARNESS_CORE} if (os.cpu_count() or 1) > 1 else {0})
    sink = Sink(latency=setting.latency)
    runner, api_url = await sink.serve()
    arguments, environment, port = ["-m", "bench.ceiling", api_url, setting.mode, setting.loop], {}, None
    url = ""
    if setting.subject == "shop":
        url = databases.empty(setting.database)
        await fill(url, products=products)
        port = free_port()
        arguments, environment = ["-m", "app", "run"], shop_environment(setting, api_url, url, port)
    try:
        async with child(arguments, environment, BOT_CORE) as process:
            sink.play(1, (), first_id=9_999)
            await asyncio.wait_for(sink.first_answer.wait(), 60)
            cpu = process.cpu_seconds()
            cold_start = sink.first_answer_at - process.started_at
            sink.stop()
            if setting.desk:
                await _open_desk(port)
            yield Running(sink, process, cold_start, cpu, f"http://127.0.0.1:{port}/metrics" if port else None)
    finally:
        await sink.close(runner)
        if url:
            databases.forget(url)


async def _open_desk(port: int | None) -> None:
    """Come as the first browser, for which the desk is loaded. Raises RuntimeError when there is none."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/desk/login") as answer:
        if answer.status != HTTPStatus.OK:
            message = f"the desk answers {answer.status}"
            raise RuntimeError(message)


def shop_environment(setting: Setting, api_url: str, url: str, port: int) -> dict[str, str]:
    """The settings of the shop under test: everything real, nothing verbose."""
    environment = {
        "STOREFRONT_TELEGRAM__TOKEN": TOKEN,
        "STOREFRONT_TELEGRAM__API_URL": api_url,
        "STOREFRONT_TELEGRAM__MODE": setting.mode,
        "STOREFRONT_TELEGRAM__PROVIDER_TOKEN": "1234:TEST:bench",
        "STOREFRONT_DATABASE__URL": url,
        "STOREFRONT_WEB__PORT": str(port),
        "STOREFRONT_LOGS__LEVEL": "warning",
        "STOREFRONT_SHOP__OPERATORS": "[1]",
        "STOREFRONT_SHOP__MEDIA": str(MEDIA),
    }
    if setting.desk:
        environment["STOREFRONT_DESK__URL"] = f"http://127.0.0.1:{port}/desk"
    if setting.mode == "webhook":
        environment["STOREFRONT_TELEGRAM__WEBHOOK_URL"] = f"http://127.0.0.1:{port}/telegram"
        environment["STOREFRONT_TELEGRAM__WEBHOOK_SECRET"] = "bench-secret-0123456789-abcdefghijklm"
    return environment


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

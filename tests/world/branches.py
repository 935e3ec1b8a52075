"""Replicas of one shop inside this process: each assembled for itself, one database, one address, a clock to move."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import structlog
from msgspec.structs import replace
from structlog.testing import LogCapture

from app.assemble import Storefront, assemble
from app.config.secret import Secret
from app.config.services import Telegram, Web
from app.serve import Open, opened
from simulator.server import Simulator
from tests.world.balancer import Balancer, balancing
from tests.world.clock import ManualClock, ShopTime
from tests.world.guests import Guest
from tests.world.people import Someone
from tests.world.shop import PATIENCE, PROVIDER_TOKEN, TOKEN, WRONG, settings


class Branch:
    """One replica: open until `close`."""

    def __init__(self, front: Storefront) -> None:
        self.front = front
        self._stack = AsyncExitStack()
        self._open: Open | None = None

    async def open(self, balancer: Balancer) -> None:
        """Open it and let the balancer know."""
        self._open = await self._stack.enter_async_context(opened(self.front, ticking=False))
        parts = urlsplit(self._open.address or "")
        balancer.backends.append((parts.hostname or "", parts.port or 0))

    async def tick(self) -> None:
        """Let every task of the schedule come due once, each as its lease allows."""
        assert self._open is not None
        await asyncio.gather(*(self._open.schedule._tick(task) for task in self._open.schedule.tasks))

    def ran(self, task: str) -> int:
        """How often it did a task."""
        name = "storefront_task_seconds_count"
        return int(self.front.metrics.registry.get_sample_value(name, {"task": task}) or 0)

    @property
    def tasks(self) -> list[str]:
        """What only one replica does at a time."""
        assert self._open is not None
        return [task.name for task in self._open.schedule.tasks if not task.shared]

    async def close(self) -> None:
        """Close it in order."""
        await self._stack.aclose()


class Branches:
    """The replicas, their balancer, and the pretend Telegram in front of it."""

    def __init__(self, simulator: Simulator, balancer: Balancer, log: LogCapture) -> None:
        self.simulator = simulator
        self.balancer = balancer
        self.each: list[Branch] = []
        self._log = log

    def guest(self, who: Someone) -> Guest:
        """Somebody with the shop's chat open."""
        return Guest(self.simulator, who, self.settle)

    async def settle(self) -> None:
        """Wait until Telegram has brought everything and everything is answered."""
        await self.simulator.idle(PATIENCE)

    async def tick(self) -> None:
        """All replicas tick in the same moment."""
        await asyncio.gather(*(branch.tick() for branch in self.each))
        await self.settle()

    def went_wrong(self) -> list[str]:
        """The events that were logged as errors since the last look."""
        found = [str(entry["event"]) for entry in self._log.entries if entry["log_level"] in WRONG]
        self._log.entries.clear()
        return found


@asynccontextmanager
async def branches(database_url: str, clock: ManualClock, *, size: int = 2) -> AsyncGenerator[Branches]:
    """So many replicas in webhook mode, open; Telegram's pauses between two tries take no time."""
    log = LogCapture()
    before = structlog.get_config()
    structlog.configure(processors=[structlog.processors.format_exc_info, log])
    try:
        async with Simulator(clock=ShopTime(clock)) as simulator, balancing() as balancer:
            simulator.world.bot(TOKEN).username = "test_shop_bot"
            shop = Branches(simulator, balancer, log)
            telegram = Telegram(
                token=Secret(TOKEN),
                api_url=simulator.url,
                provider_token=Secret(PROVIDER_TOKEN),
                mode="webhook",
                webhook_url=f"{balancer.url}/telegram",
                webhook_secret=Secret("pretend-webhook-secret-0123456789-abcdef"),
            )
            config = replace(settings(database_url, simulator), telegram=telegram, web=Web(port=0))
            async with AsyncExitStack() as stack:
                for _ in range(size):
                    branch = Branch(assemble(config, clock=clock))
                    stack.push_async_callback(branch.close)
                    await branch.open(balancer)
                    shop.each.append(branch)
                yield shop
    finally:
        structlog.configure(**before)

"""Months pass: what is paid every month is charged when its time has come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.acts.subscribing import renew_due
from simulator.telegram.world import World

LOOK_EVERY = 20.0  # seconds


@asynccontextmanager
async def passing(world: World) -> AsyncIterator[None]:
    """Look every now and then while the block runs."""
    async with asyncio.TaskGroup() as group:
        worker = group.create_task(_look(world))
        try:
            yield
        finally:
            worker.cancel()


async def _look(world: World) -> None:
    while not world.closing:
        renew_due(world)
        await world.pause(LOOK_EVERY)

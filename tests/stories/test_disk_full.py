"""The disk of a SQLite shop is full: people hear a sentence, nothing is charged, and with room it goes on by itself."""

import resource
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from simulator.server import Simulator
from tests.stories.test_killed import promises_hold, sees, stocked
from tests.world.guests import Guest
from tests.world.people import ANN, BOB, OSCAR
from tests.world.process import Process, running

SORRY = "The shop cannot be reached for a moment"


@contextmanager
def no_room(process: Process) -> Generator[None]:
    """No file of the process may grow: what it writes meets the same error as on a full disk."""
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.sqlite_alone
async def test_a_full_disk_charges_nobody_and_the_shop_goes_on_when_there_is_room(database_url: str) -> None:
    """Guard: a full disk is told from a mistake of ours, so that updates wait instead of being lost."""
    await stocked(database_url)
    async with Simulator() as simulator, running(database_url, simulator) as process:

        async def settle() -> None:
            await simulator.idle(60, quiet=0.2)

        ann, bob, oscar = (Guest(simulator, who, settle) for who in (ANN, BOB, OSCAR))
        await oscar.says("/start")
        for guest in (ann, bob):
            await guest.says("/start")
            await guest.taps("Catalogue", "Tea", "Green tea")
        await ann.taps("Add to cart", "in the cart", "Check out", "here in the chat")
        await sees(ann, simulator, "Order 1")
        sheet = simulator.open_sheet(ann.id)

        with no_room(process):
            await bob.taps("Add to cart")
            assert SORRY in bob.toast
            assert (await simulator.pay_sheet(sheet)).state != "paid"
            await sees(oscar, simulator, "free some room")

        await bob.taps("Add to cart")
        assert any("1 in the cart" in label for label in bob.keyboard)
        assert (await ann.pays()).state == "paid"
        await sees(ann, simulator, "Being prepared")
        assert await process.stop() == 0
    await promises_hold(database_url)

"""A broadcast goes out as fast as Telegram permits and no faster, and an order's news does not wait behind it."""

import asyncio
from time import monotonic

import pytest

from db.models import RecipientState
from shop import broadcasts
from simulator.clock import SystemClock
from simulator.telegram.people import Person
from tests.shop.broadcasts.test_sending import going_out, states
from tests.world.shop import OpenShop

pytestmark = [pytest.mark.one_database, pytest.mark.nightly]
MANY = 240
PERMITTED = 30  # a second
KNOWN = 3 * PERMITTED  # sent until it knows how long answers take
SOON = 1.5  # seconds
ROUNDS = 3  # the best of them counts: a machine that is busy with other things is not what is measured


class Watch(SystemClock):
    """Notes when Telegram looked at it: at each message."""

    def __init__(self) -> None:
        self.looked: list[float] = []

    def now(self) -> float:
        self.looked.append(super().now())
        return self.looked[-1]


async def test_it_takes_what_is_permitted_and_lets_orders_pass(shop: OpenShop) -> None:
    """In real seconds, against the simulator's own count of what it lets through."""
    watch = Watch()
    for number in range(MANY):
        person = shop.simulator.add_person(Person(100_000 + number, f"P{number}"))
        shop.simulator.send(person.id, "/start")
    await shop.settle()
    shop.hurries = False
    await shop.reopen()
    flood = shop.simulator.world.flood
    flood.clock, flood.enabled = watch, True
    before = shop.simulator.world.journal.last
    rates, waited = [], []

    async def an_order_passes() -> None:
        await asyncio.sleep(1)
        begun = monotonic()
        async with shop.front.bot._limit.turn(7):
            waited.append(monotonic() - begun)

    for _ in range(ROUNDS):
        broadcast_id = await going_out(shop.db, 0)
        await asyncio.sleep(1.1)  # what went out before counts no more
        watch.looked.clear()
        async with asyncio.TaskGroup() as group:
            group.create_task(an_order_passes())
            while await broadcasts.run(shop.db, shop.front.bot.herald, shop.clock):
                pass
        arrived = watch.looked[::2][KNOWN:]  # it looks once for all, once for the chat
        rates.append((len(arrived) - 1) / (arrived[-1] - arrived[0]))
        assert (await states(shop.db, broadcast_id))[RecipientState.SENT] == MANY

    refused = [event.data for event in shop.simulator.world.journal.since(before) if "429" in str(event.data)]
    assert refused == []
    assert max(rates) >= 0.95 * PERMITTED
    assert min(waited) < SOON

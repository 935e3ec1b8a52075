"""Soaking: what ten thousand visits do to the memory, then a steady stream of customers; `--soak 60` for an hour."""

import asyncio
import statistics
from collections.abc import Callable

from bench.customer import VISITS, Walk
from bench.measurement import Column, Measurement, Plan, Row
from bench.subjects import Running, Setting, running
from bench.taps import CEILING_WALK

CUSTOMERS = 50
MANY = 10_000  # visits in a rush
STEADY = 100  # customers who look at each screen for a second: a good hour for a large shop, and a machine at rest
PAUSE = 1.0
LOOKS = 24  # how often memory is looked at
SETTLED = 6  # of these looks, the first ones: caches fill and allocators stretch


async def run(plan: Plan) -> list[Row]:
    """A rush at the bare framework and at the shop on SQLite; then the shop has `plan.soak` minutes of custom."""
    many = MANY // 20 if plan.quick else MANY
    async with running(Setting("ceiling"), plan.databases) as bare:
        below = await _rush(bare, many, (CEILING_WALK,))
    plan.say(f"ceiling: {below['visits']} visits, {below['rss_rush']:.0f} MB")
    async with running(Setting("shop"), plan.databases) as shop:
        above = await _rush(shop, many, VISITS)
        plan.say(f"shop: {above['visits']} visits, {above['rss_rush']:.0f} MB")
        seconds = min(plan.soak, 0.2) * 60 if plan.quick else plan.soak * 60
        later = await _custom(shop, seconds, plan.say)
    return [
        {"what": "ceiling polling", **below},
        {"what": "shop polling sqlite", **above, "times_bare": above["rss_rush"] / below["rss_rush"], **later},
    ]


async def _rush(subject: Running, visits: int, walks: tuple[Walk, ...]) -> Row:
    """Customers without a pause, until so many visits were paid."""
    subject.sink.play(CUSTOMERS, walks)
    while (paid := _visits(subject)) < visits:
        await asyncio.sleep(0.2)
    row = {"visits": paid, "rss_rush": _megabytes(subject), "lost": _lost(subject)}
    subject.sink.stop()
    await asyncio.sleep(1)
    return row


async def _custom(subject: Running, seconds: float, say: Callable[[str], None]) -> Row:
    """Customers who take their time, for so long."""
    before = _visits(subject)
    subject.sink.play(STEADY, VISITS, pause=PAUSE)
    memory: list[float] = []
    for _ in range(LOOKS):
        await asyncio.sleep(seconds / LOOKS)
        memory.append(_megabytes(subject))
        say(f"shop: {memory[-1]:.1f} MB")
    row = {"minutes": seconds / 60, "rss_end": memory[-1], "memory": memory, "lost": _lost(subject)}
    row |= {"visits": _visits(subject), "custom": _visits(subject) - before}
    subject.sink.stop()
    return row | {"grows": _slope(memory[SETTLED:]) * LOOKS / seconds * 3600}


def _visits(subject: Running) -> int:
    return sum(person.visits for person in subject.sink.customers.values())


def _lost(subject: Running) -> int:
    return sum(person.lost for person in subject.sink.customers.values())


def _megabytes(subject: Running) -> float:
    return subject.process.rss_bytes() / 2**20


def _slope(values: list[float]) -> float:
    """Growth per look, by least squares."""
    return statistics.linear_regression(range(len(values)), values).slope


SOAK = Measurement(
    "soak",
    f"Soaking: {MANY} visits without a pause, then {STEADY} customers who take their time, and the memory",
    (
        Column("visits", "visits", 0),
        Column("rss_rush", "RSS MB after the rush", 0, "less"),
        Column("times_bare", "× bare", 2, "less"),
        Column("minutes", "minutes of custom", 1),
        Column("rss_end", "at the end", 0, "less"),
        Column("grows", "MB/hour at last", 1),
        Column("lost", "lost", 0, "less"),
    ),
    run,
)

"""Soaking: customers who never stop, and what that does to the memory; `--soak 60` for an hour."""

import asyncio
import statistics

from bench.customer import VISITS, Walk
from bench.measurement import Column, Measurement, Plan, Row
from bench.subjects import Running, Setting, running
from bench.taps import CEILING_WALK

CUSTOMERS = 50
LOOKS = 12  # how often memory is looked at
SETTLED = 4  # of these looks, the first ones: caches fill and allocators stretch
BARE_SHARE = 0.25  # the bare framework needs less of the time: it keeps nothing


async def run(plan: Plan) -> list[Row]:
    """The bare framework, then the shop on SQLite, for `plan.soak` minutes; memory in MB."""
    minutes = min(plan.soak, 0.2) if plan.quick else plan.soak
    async with running(Setting("ceiling"), plan.databases) as bare:
        below = await _soak(bare, minutes * 60 * BARE_SHARE, (CEILING_WALK,))
    plan.say(f"ceiling: {below['visits']} visits, {below['rss_end']:.0f} MB")
    async with running(Setting("shop"), plan.databases) as shop:
        above = await _soak(shop, minutes * 60, VISITS)
    return [
        {"what": "ceiling polling", **below},
        {"what": "shop polling sqlite", **above, "times_bare": above["rss_end"] / below["rss_end"]},
    ]


async def _soak(subject: Running, seconds: float, walks: tuple[Walk, ...]) -> Row:
    sink = subject.sink
    sink.play(CUSTOMERS, walks)
    memory = []
    for _ in range(LOOKS):
        await asyncio.sleep(seconds / LOOKS)
        memory.append(subject.process.rss_bytes() / 2**20)
    people = list(sink.customers.values())
    lost, visits = sum(person.lost for person in people), sum(person.visits for person in people)
    sink.stop()
    return {
        "minutes": seconds / 60,
        "visits": visits,
        "rss_start": memory[0],
        "rss_end": memory[-1],
        "grows": _slope(memory[SETTLED:]) * LOOKS / seconds * 3600 if seconds else 0.0,
        "lost": lost,
        "memory": memory,
    }


def _slope(values: list[float]) -> float:
    """Growth per look, by least squares."""
    return statistics.linear_regression(range(len(values)), values).slope


SOAK = Measurement(
    "soak",
    f"Soaking: {CUSTOMERS} customers without a pause, and the memory",
    (
        Column("minutes", "minutes", 1),
        Column("visits", "visits", 0),
        Column("rss_start", "RSS MB, first look", 0, "less"),
        Column("rss_end", "at the end", 0, "less"),
        Column("grows", "MB/hour at last", 0),
        Column("times_bare", "× bare", 2, "less"),
        Column("lost", "lost", 0, "less"),
    ),
    run,
)

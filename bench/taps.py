"""Taps: the shop under real visits beside the bare framework, window by window in turn, so that noise hits both."""

import statistics
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass

from bench.customer import BUYING, VISITS, Walk
from bench.measure import Figures, measure
from bench.measurement import Column, Measurement, Plan, Row
from bench.subjects import Running, Setting, running

CEILING_WALK: Walk = ("Home",) * 6  # as many taps between two /start as a visit has


@dataclass(frozen=True)
class Level:
    """So many customers who pay such visits; a window (seconds) in which everybody taps several times."""

    name: str
    customers: int
    window: float
    walks: tuple[Walk, ...] = VISITS


LEVELS = (Level("50", 50, 1.5), Level("200", 200, 3.0))
BUYERS = Level("50 who all buy", 50, 2.0, BUYING)
TELEGRAM = 0.060  # seconds that Telegram takes for an answer, in the settings with delay


async def run(plan: Plan) -> list[Row]:
    """Every mode, database and delay at every level of load; figures are medians over the rounds."""
    rows: list[Row] = []
    for mode, latency in _circumstances(plan):
        rows += await _side_by_side(plan, mode, latency)
    return rows


def _circumstances(plan: Plan) -> list[tuple[str, float]]:
    if plan.quick:
        return [("polling", 0.0)]
    return [("polling", 0.0), ("webhook", 0.0), ("polling", TELEGRAM), ("webhook", TELEGRAM)]


async def _side_by_side(plan: Plan, mode: str, latency: float) -> list[Row]:
    """The ceiling and the shop on every database, all of them running, measured one after another in short windows."""
    ceiling = Setting("ceiling", mode, "", latency)
    settings = [ceiling, *(Setting("shop", mode, kind, latency) for kind in plan.kinds)]
    if mode == "polling" and not latency:
        settings.insert(1, Setting("ceiling", mode, loop="uvloop"))
        settings.append(Setting("shop", mode, plan.kinds[0], latency, desk=True))  # beside the same without one
    rounds = 2 if plan.quick or latency else 5
    levels = LEVELS if plan.quick or latency or mode != "polling" else (*LEVELS, BUYERS)
    measured: dict[tuple[str, str], list[Figures]] = {}
    async with AsyncExitStack() as stack:
        subjects: dict[str, Running] = {}
        for setting in settings:
            subjects[setting.name] = await stack.enter_async_context(running(setting, plan.databases))
        for level in _turns(levels, rounds):
            for setting in settings:
                walks = level.walks if setting.subject == "shop" else (CEILING_WALK,)
                running_now = subjects[setting.name]
                figures = await measure(running_now, level.customers, walks, warm_up=0.5, window=level.window)
                measured.setdefault((setting.name, level.name), []).append(figures)
                plan.say(f"{setting.name}, {level.name}: {figures.taps_per_second:.0f} taps/s")
    return [
        _row(f"{setting.name}, {level.name}", measured[setting.name, level.name], measured[ceiling.name, level.name])
        for setting in settings
        for level in levels
    ]


def _turns(levels: tuple[Level, ...], rounds: int) -> list[Level]:
    """Every level so many times; those who all buy come last, as the news of their orders outlasts their window."""
    looking = [level for level in levels if level is not BUYERS]
    return looking * rounds + [level for level in levels if level is BUYERS] * rounds


def _row(what: str, ours: list[Figures], ceiling: list[Figures]) -> Row:
    """Medians over the rounds; ratios are made round by round, from windows that followed each other."""
    medians = {key: statistics.median(asdict(one)[key] for one in ours) for key in asdict(ours[0])}
    medians["lost"] = sum(one.lost for one in ours)
    medians["timed_out"] = sum(one.timed_out for one in ours)
    pairs = list(zip(ours, ceiling, strict=True))
    return {
        "what": what,
        "of_ceiling": statistics.median(one.taps_per_second / bare.taps_per_second * 100 for one, bare in pairs),
        "of_ceiling_cpu": statistics.median(bare.cpu_ms_per_tap / one.cpu_ms_per_tap * 100 for one, bare in pairs),
        **medians,
        "rss": medians["rss"] / 2**20,
        "rounds": [one.row() for one in ours],
    }


TAPS = Measurement(
    "taps",
    "Visits: taps of the shop beside the bare framework (its ceiling), for so many customers without a pause",
    (
        Column("taps_per_second", "taps/s", 0, "more"),
        Column("of_ceiling", "% of ceiling", 0, "more"),
        Column("of_ceiling_cpu", "by CPU, %", 0, "more"),
        Column("p50", "p50 ms", 0, "less"),
        Column("p99", "p99 ms", 0, "less"),
        Column("cpu_ms_per_tap", "CPU ms/tap", 2, "less"),
        Column("statements_per_tap", "SQL/tap", 2, "less"),
        Column("calls_per_tap", "calls/tap", 2, "less"),
        Column("orders", "orders", 0),
        Column("pre_checkout_p99", "pre-checkout p99 ms", 0, "less"),
        Column("rss", "RSS MB", 0, "less"),
        Column("lost", "lost", 0, "less"),
    ),
    run,
)

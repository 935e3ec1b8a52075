"""Starting: seconds from the process to the first answer, and its memory then, beside the bare framework."""

import statistics

from bench.measurement import Column, Measurement, Plan, Row
from bench.subjects import Setting, running

STARTS = 5


async def run(plan: Plan) -> list[Row]:
    """Start everybody in turn, several times; medians, and ratios to the bare framework."""
    settings = [Setting("ceiling"), *(Setting("shop", "polling", kind) for kind in plan.kinds)]
    seconds: dict[str, list[float]] = {one.name: [] for one in settings}
    memory: dict[str, list[float]] = {one.name: [] for one in settings}
    for number in range(1 + (2 if plan.quick else STARTS)):
        for setting in settings:
            async with running(setting, plan.databases) as started:
                if not number:
                    continue  # the first compiles what was changed
                seconds[setting.name].append(started.cold_start)
                memory[setting.name].append(started.process.rss_bytes() / 2**20)
            plan.say(f"{setting.name} answered after {seconds[setting.name][-1]:.2f} s")
    return [_row(setting.name, seconds, memory, bare=settings[0].name) for setting in settings]


def _row(name: str, seconds: dict[str, list[float]], memory: dict[str, list[float]], *, bare: str) -> Row:
    pairs = zip(seconds[name], seconds[bare], strict=True)
    return {
        "what": name,
        "cold_start": statistics.median(seconds[name]),
        "times_bare": statistics.median(one / other for one, other in pairs),
        "rss": statistics.median(memory[name]),
        "rss_times_bare": statistics.median(memory[name]) / statistics.median(memory[bare]),
        "starts": seconds[name],
    }


STARTING = Measurement(
    "starting",
    "Starting: from the process to the first answer",
    (
        Column("cold_start", "seconds", 2, "less"),
        Column("times_bare", "× bare", 2, "less"),
        Column("rss", "RSS MB", 0, "less"),
        Column("rss_times_bare", "× bare", 2, "less"),
    ),
    run,
)

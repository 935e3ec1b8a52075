"""Starting: seconds and CPU time from the process to the first answer, and its memory, beside the bare framework."""

import statistics

from bench.measurement import Column, Measurement, Plan, Row
from bench.subjects import Setting, running

STARTS = 9


async def run(plan: Plan) -> list[Row]:
    """Start everybody in turn, several times; medians, and ratios to the bare framework."""
    settings = [Setting("ceiling"), *(Setting("shop", "polling", kind) for kind in plan.kinds)]
    seconds: dict[str, list[float]] = {one.name: [] for one in settings}
    cpu: dict[str, list[float]] = {one.name: [] for one in settings}
    memory: dict[str, list[float]] = {one.name: [] for one in settings}
    for number in range(1 + (2 if plan.quick else STARTS)):
        for setting in settings:
            async with running(setting, plan.databases) as started:
                if not number:
                    continue  # the first compiles what was changed
                seconds[setting.name].append(started.cold_start)
                cpu[setting.name].append(started.cpu)
                memory[setting.name].append(started.process.rss_bytes() / 2**20)
            plan.say(f"{setting.name} answered after {seconds[setting.name][-1]:.2f} s")
    bare = settings[0].name
    return [
        {
            "what": name,
            "cold_start": statistics.median(seconds[name]),
            "times_bare": _times(seconds[name], seconds[bare]),
            "cpu": statistics.median(cpu[name]),
            "cpu_times_bare": _times(cpu[name], cpu[bare]),
            "rss": statistics.median(memory[name]),
            "rss_times_bare": _times(memory[name], memory[bare]),
            "starts": seconds[name],
        }
        for name in seconds
    ]


def _times(ours: list[float], bare: list[float]) -> float:
    """Made of starts that followed each other."""
    return statistics.median(one / other for one, other in zip(ours, bare, strict=True))


STARTING = Measurement(
    "starting",
    "Starting: from the process to the first answer",
    (
        Column("cold_start", "seconds", 2, "less"),
        Column("times_bare", "× bare", 2, "less"),
        Column("cpu", "CPU s", 2, "less"),
        Column("cpu_times_bare", "× bare", 2, "less"),
        Column("rss", "RSS MB", 0, "less"),
        Column("rss_times_bare", "× bare", 2, "less"),
    ),
    run,
)

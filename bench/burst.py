"""A burst: many at once on everything, one in four of them paying; who waits how long, and whether anybody is lost."""

import asyncio
import statistics

from bench.customer import BROWSE, BUY
from bench.measure import first_visits, percentile
from bench.measurement import Column, Measurement, Plan, Row
from bench.subjects import Setting, running

CUSTOMERS = 200
RUSH = (BROWSE, BROWSE, BROWSE, BUY)


async def run(plan: Plan) -> list[Row]:
    """Polling and webhook on every database: pre-checkouts while everything is saturated, fairness, and the lost."""
    rows: list[Row] = []
    for mode in ("webhook",) if plan.quick else ("polling", "webhook"):
        for kind in plan.kinds:
            rows.append(await _rush(plan, Setting("shop", mode, kind)))
            plan.say(f"{rows[-1]['what']}: pre-checkout p99 {rows[-1]['pre_checkout_p99']:.0f} ms")
    return rows


async def _rush(plan: Plan, setting: Setting) -> Row:
    async with running(setting, plan.databases) as subject:
        sink = subject.sink
        sink.play(CUSTOMERS, RUSH)
        await first_visits(sink)
        sink.reset_score()
        await asyncio.sleep(5 if plan.quick else 10)
        people = list(sink.customers.values())
        waits = sorted(wait for person in people for wait in person.latencies)
        means = sorted(statistics.fmean(person.latencies) for person in people if person.latencies)
        asked = sorted(sink.pre_checkout)
        sink.stop()
        return {
            "what": f"{setting.name}, {CUSTOMERS}",
            "p50": percentile(waits, 0.5) * 1000,
            "p99": percentile(waits, 0.99) * 1000,
            "unserved": sum(not person.latencies for person in people),
            "slowest": percentile(means, 0.99) / percentile(means, 0.5) if means else 0.0,
            "pre_checkouts": len(asked),
            "pre_checkout_p99": percentile(asked, 0.99) * 1000,
            "pre_checkout_max": (asked[-1] if asked else 0.0) * 1000,
            "pushed_back": sink.errors["webhook 503"],
            "lost": sum(person.lost for person in people),
        }


BURST = Measurement(
    "burst",
    f"A burst: {CUSTOMERS} at once without a pause, one visit in four buys",
    (
        Column("p50", "p50 ms", 0, "less"),
        Column("p99", "p99 ms", 0, "less"),
        Column("slowest", "slowest person × median", 2, "less"),
        Column("unserved", "unserved", 0, "less"),
        Column("pre_checkouts", "pre-checkouts", 0),
        Column("pre_checkout_p99", "their p99 ms", 0, "less"),
        Column("pre_checkout_max", "their longest", 0, "less"),
        Column("pushed_back", "503s", 0),
        Column("lost", "lost", 0, "less"),
    ),
    run,
)

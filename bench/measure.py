"""One measurement: a warm-up, a window, and what the sink and the process say about it."""

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.customer import Walk
from bench.sink import Sink
from bench.subjects import Running

Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """What one window showed; times in milliseconds, memory in bytes."""

    customers: int
    seconds: float
    taps: int
    taps_per_second: float
    p50: float
    p99: float
    cpu_ms_per_tap: float
    core_share: float
    statements_per_tap: float
    calls_per_tap: float
    orders: int
    pre_checkout_p99: float
    lost: int
    timed_out: int
    rss: int

    def row(self) -> Row:
        """For the JSON."""
        return asdict(self)


async def measure(running: Running, customers: int, walks: Sequence[Walk], *, warm_up: float, window: float) -> Figures:
    """Let `customers` pay visits for `warm_up` plus `window` seconds and keep the score of the window."""
    sink, process = running.sink, running.process
    is_new = customers > len(sink.customers)
    sink.play(customers, walks)
    await asyncio.sleep(warm_up)
    if is_new:
        await first_visits(sink)
    gc.collect()
    sink.reset_score()
    statements, cpu, began = await running.statements(), process.cpu_seconds(), asyncio.get_running_loop().time()
    await asyncio.sleep(window)
    seconds = asyncio.get_running_loop().time() - began
    used = process.cpu_seconds() - cpu
    people = list(sink.customers.values())
    latencies = sorted(latency for customer in people for latency in customer.latencies)
    calls = sum(sink.calls.values())
    asked = await running.statements() - statements
    sink.stop()
    await asyncio.sleep(0.5)
    taps = max(1, len(latencies))
    return Figures(
        customers=customers,
        seconds=seconds,
        taps=len(latencies),
        taps_per_second=len(latencies) / seconds,
        p50=percentile(latencies, 0.50) * 1000,
        p99=percentile(latencies, 0.99) * 1000,
        cpu_ms_per_tap=used * 1000 / taps,
        core_share=used / seconds,
        statements_per_tap=asked / taps,
        calls_per_tap=calls / taps,
        orders=sum(customer.paid for customer in people),
        pre_checkout_p99=percentile(sorted(sink.pre_checkout), 0.99) * 1000,
        lost=sum(customer.lost for customer in people),
        timed_out=sum(customer.waiting for customer in people),
        rss=process.rss_bytes(),
    )


async def first_visits(sink: Sink) -> None:
    """Wait until most people are in their second visit, as long as that takes (at most 20 seconds)."""
    for _ in range(200):
        await asyncio.sleep(0.1)
        if sum(person.visits > 1 for person in sink.customers.values()) >= len(sink.customers) * 0.9:
            return


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of an ordered sequence lies; 0 of nothing."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

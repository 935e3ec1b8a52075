"""A list of 5,000 rows: it says how far it is, each row costs as much as in a short list, and none stays in memory."""

import gc
import tracemalloc
from itertools import pairwise
from time import process_time

import pytest
from msgspec import Struct

from db.session import Database
from shop.importing import import_bytes
from shop.policy import Policy
from tests.world.clock import ManualClock

pytestmark = pytest.mark.one_database
WORDS = "Steamed within the hour: grassy and sweet. " * 7  # of a description
ROW = 3_000  # bytes that one more row may hold until the end: what was read of it; as a row of the database it is 10 kB
DEARER = 1.6  # a row of the long list, beside one of the short list


class Cost(Struct, frozen=True):
    """Of one list."""

    rows: int
    memory: int  # bytes, at most
    time: float  # seconds of a processor


async def cost(database: Database, rows: int) -> Cost:
    lines = (f"T{rows}-{n:05},Tea {n},4,5,{WORDS}\n" for n in range(rows))
    content = ("sku,name,price,quantity,description\n" + "".join(lines)).encode()
    steps: list[tuple[int, int]] = []
    gc.collect()
    tracemalloc.start()
    begun = process_time()
    report = await import_bytes(
        database,
        content,
        policy=Policy(currency="EUR"),
        clock=ManualClock(),
        progress=lambda done, total: steps.append((done, total)),
    )
    took, (_, most) = process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.applied
    assert steps[-1] == (rows, rows)
    assert len(steps) >= rows // 200
    assert all(before < after for (before, _), (after, _) in pairwise(steps))
    return Cost(rows, most, took)


@pytest.mark.parametrize("many", [1_500, pytest.param(5_000, marks=pytest.mark.nightly)])
async def test_a_long_list_costs_per_row_what_a_short_one_does(database: Database, many: int) -> None:
    await cost(database, 20)  # what is loaded and compiled once
    few, lot = await cost(database, many // 5), await cost(database, many)
    assert (lot.memory - few.memory) / (lot.rows - few.rows) < ROW
    assert lot.time / lot.rows < DEARER * few.time / few.rows

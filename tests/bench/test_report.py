"""Judging one run of the measurements by another, and people who walk by what is on show."""

import io
import json
import random
from pathlib import Path

import pytest
from rich.console import Console

from bench import report
from bench.customer import Customer, Raw
from bench.measure import percentile
from bench.measurement import Column, Measurement, Plan, Row

TAPS = Column("taps", "taps/s", 0, "more")
WAIT = Column("wait", "p99", 0, "less")


async def nothing(_plan: Plan) -> list[Row]:
    return []


MEASUREMENT = Measurement("taps", "Taps", (TAPS, WAIT), nothing)


@pytest.mark.parametrize(
    ("column", "before", "after", "verdict"),
    [
        (TAPS, 100, 130, "better"),
        (TAPS, 100, 70, "worse"),
        (TAPS, 100, 95, ""),
        (WAIT, 100, 130, "worse"),
        (WAIT, 100, 70, "better"),
        (WAIT, 0, 0, ""),
        (Column("orders", "orders"), 1, 2, ""),
    ],
)
def test_a_change_is_judged_by_the_better_side_of_its_figure(
    column: Column, before: float, after: float, verdict: str
) -> None:
    assert report.judge({column.key: before}, {column.key: after}, column) == verdict


def test_a_file_that_was_kept_is_compared_with_another(tmp_path: Path) -> None:
    for name, taps in (("before", 100), ("after", 50)):
        rows = [{"what": "shop", "taps": taps, "wait": 7}]
        report.save({"taps": rows}, tmp_path / f"{name}.json", quick=True)
    before, after = (report.load(tmp_path / f"{name}.json") for name in ("before", "after"))
    console = Console(file=io.StringIO(), width=100)

    worse = report.compare(before, after, [MEASUREMENT], console)

    assert worse == 1
    assert isinstance(console.file, io.StringIO)
    assert "-50 %" in console.file.getvalue()


def test_measuring_one_thing_again_leaves_the_others_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    report.save({"taps": [{"what": "shop", "taps": 1}], "burst": [{"what": "shop", "p50": 2}]}, path, quick=False)
    report.save({"taps": [{"what": "shop", "taps": 3}]}, path, quick=True)

    assert report.load(path) == {"taps": [{"what": "shop", "taps": 3}], "burst": [{"what": "shop", "p50": 2}]}
    measured = json.loads(path.read_text(encoding="utf-8"))["measured"]
    assert (measured["taps"]["quick"], measured["burst"]["quick"]) == (True, False)


def test_a_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 0.99) == 0.0
    assert percentile([1, 2, 3, 4], 0.5) == 3


def test_a_customer_taps_what_is_on_show_and_begins_again_where_the_way_ends() -> None:
    ann = Customer(7, (("Catalogue", "*product"),), random.Random(1), visits=1)
    assert ann.start()["message"]["text"] == "/start"

    ann.saw(1, [[{"text": "🛍 Catalogue", "callback_data": "c:"}]], photo=False)
    assert tapped(ann) == "c:"
    ann.saw(1, [[{"text": "Tea", "callback_data": "p:5"}, {"text": "‹ Back", "callback_data": "p:1"}]], photo=False)
    assert tapped(ann) == "p:5"
    ann.saw(1, [], photo=True)
    assert ann.next_update()["message"]["text"] == "/start"
    assert len(ann.latencies) == 3


def tapped(customer: Customer) -> str:
    query: Raw = customer.next_update()["callback_query"]
    return str(query["data"])

"""Results as tables, as a JSON file, and one JSON file beside another."""

import importlib.metadata
import json
import os
import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bench.measurement import Column, Measurement, Row

NOISE = 0.1  # two runs on one machine differ by so much without any reason
VERSIONS = ("python-telegram-bot", "aiohttp", "SQLAlchemy", "aiosqlite", "asyncpg", "asyncmy", "uvloop", "starlette")

Results = dict[str, list[Row]]  # by measurement


def show(measurement: Measurement, rows: Sequence[Row], console: Console) -> None:
    """Print one measurement as a table."""
    table = Table(title=measurement.about, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("")
    for column in measurement.columns:
        table.add_column(column.title, justify="right")
    for row in rows:
        table.add_row(row["what"], *(_figure(row.get(column.key), column) for column in measurement.columns))
    console.print(table)


def save(results: Results, path: Path, *, quick: bool) -> None:
    """Keep this, with when and on what it was measured; what the file holds of other measurements stays."""
    document: dict[str, Any] = {"measured": {}, "results": {}}
    if path.exists():
        document = json.loads(path.read_text(encoding="utf-8"))
    document["measured"] |= dict.fromkeys(results, machine(quick=quick))
    document["results"] |= results
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def machine(*, quick: bool) -> dict[str, Any]:
    """Where and with what this was measured."""
    return {
        "at": time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime()),
        "quick": quick,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "versions": {name: importlib.metadata.version(name) for name in VERSIONS},
    }


def load(path: Path) -> Results:
    """What `save` wrote. Raises OSError, ValueError."""
    results: Results = json.loads(path.read_text(encoding="utf-8"))["results"]
    return results


def compare(before: Results, after: Results, measurements: Iterable[Measurement], console: Console) -> int:
    """Print what both files measured, side by side; how many figures got worse by more than noise."""
    worse = 0
    for measurement in measurements:
        old = {row["what"]: row for row in before.get(measurement.name, ())}
        new = {row["what"]: row for row in after.get(measurement.name, ())}
        table = Table(title=measurement.about, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
        for title in ("", "figure", "before", "after", "change", ""):
            table.add_column(title, justify="left" if not title or title == "figure" else "right")
        for what in (name for name in old if name in new):
            for column in measurement.columns:
                verdict = judge(old[what], new[what], column)
                worse += verdict == "worse"
                if column.key in old[what] and column.key in new[what] and column.better:
                    figures = (_figure(row[what].get(column.key), column) for row in (old, new))
                    table.add_row(what, column.title, *figures, _change(old[what], new[what], column), verdict)
        if table.row_count:
            console.print(table)
    return worse


def judge(old: Mapping[str, Any], new: Mapping[str, Any], column: Column) -> str:
    """Whether a figure got "better" or "worse" by more than noise; empty when neither, or when nobody can say."""
    before, after = old.get(column.key), new.get(column.key)
    if not column.better or not isinstance(before, int | float) or not isinstance(after, int | float):
        return ""
    if abs(after - before) <= NOISE * abs(before):
        return ""
    return "better" if (after > before) == (column.better == "more") else "worse"


def _change(old: Row, new: Row, column: Column) -> str:
    before, after = old[column.key], new[column.key]
    if not isinstance(before, int | float) or not isinstance(after, int | float) or not before:
        return ""
    return f"{(after / before - 1) * 100:+.0f} %"


def _figure(value: object, column: Column) -> str:
    if value is None:
        return ""
    return f"{value:,.{column.digits}f}" if isinstance(value, int | float) else str(value)

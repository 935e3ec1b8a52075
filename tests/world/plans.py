"""How each database really ran a statement: the rows that it looked at, counted by its own EXPLAIN.

SQLite's EXPLAIN counts nothing, so its virtual machine's steps are counted while the statement runs again.
"""

import json
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from db.session import Database
from tests.world.counting import listening

READS = ("SELECT", "WITH", "UPDATE", "DELETE")
STEPS_OF_A_ROW = 10  # of SQLite's machine, to look at a row and pass it by
TICK = 10  # steps between two counts


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement as the driver got it, and what was being done when it was asked first."""

    statement: str
    parameters: Any
    doing: str


@dataclass(frozen=True, slots=True)
class Ran:
    """How many rows of tables and indexes the database looked at, and its plan in words."""

    rows: int
    plan: str


class Recording:
    """Every different statement that the shop asks, with the parameters of the first few times."""

    def __init__(self) -> None:
        self.doing = "opening"
        self._asked: dict[str, list[Asked]] = {}

    def __iter__(self) -> Iterator[Asked]:
        return (asked for several in self._asked.values() for asked in several)

    def note(self, statement: str, parameters: Any) -> None:
        """Keep it, unless it was asked often enough by what is being done now."""
        several = self._asked.setdefault(statement, [])
        if statement.upper().startswith(READS) and all(asked.doing != self.doing for asked in several[-3:]):
            several.append(Asked(statement, parameters, self.doing))


@contextmanager
def recorded(db: Database) -> Generator[Recording]:
    """Record in the block."""
    recording = Recording()

    with listening(db, recording.note):
        yield recording


async def run_again(db: Database, asked: Asked) -> Ran:
    """Run the statement once more, counted, and take back what it wrote."""
    how = {"sqlite": _in_sqlite, "postgresql": _in_postgres, "mysql": _in_mariadb}[db.dialect]
    async with db.engine.connect() as connection:
        try:
            return await how(connection, asked)
        finally:
            await connection.rollback()


async def _in_postgres(connection: AsyncConnection, asked: Asked) -> Ran:
    for way in ("seqscan", "hashjoin", "mergejoin"):  # the right ways into a table that is small here and grows
        await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    explain = "EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF, SUMMARY OFF) "
    said = (await connection.exec_driver_sql(explain + asked.statement, asked.parameters)).scalar_one()
    plan = said if isinstance(said, list) else json.loads(said)
    rows = 0
    for node in _nodes(plan):
        if "Relation Name" in node or "Index Name" in node:
            passed_by = sum(int(value) for name, value in node.items() if name.startswith("Rows Removed"))
            rows += int((node["Actual Rows"] + passed_by) * node["Actual Loops"])
    return Ran(rows, json.dumps(plan, indent=1))


async def _in_mariadb(connection: AsyncConnection, asked: Asked) -> Ran:
    said = (await connection.exec_driver_sql("ANALYZE FORMAT=JSON " + asked.statement, asked.parameters)).scalar_one()
    plan = json.loads(said)
    rows = 0.0
    for node in _nodes(plan):
        if "table_name" in node and not str(node["table_name"]).startswith("<"):
            rows += (node.get("r_rows") or 0) * (node.get("r_loops") or 0)
    return Ran(int(rows), json.dumps(plan, indent=1))


async def _in_sqlite(connection: AsyncConnection, asked: Asked) -> Ran:
    plan = await connection.exec_driver_sql("EXPLAIN QUERY PLAN " + asked.statement, asked.parameters)
    words = "\n".join(str(list(row)[-1]) for row in plan)
    driver: Any = (await connection.get_raw_connection()).driver_connection
    raw: sqlite3.Connection = driver._conn
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    raw.set_progress_handler(tick, TICK)
    try:
        await connection.exec_driver_sql(asked.statement, asked.parameters)
    finally:
        raw.set_progress_handler(None, 0)
    return Ran(ticks * TICK // STEPS_OF_A_ROW, words)


def _nodes(plan: Any) -> Iterator[dict[str, Any]]:
    if isinstance(plan, dict):
        yield plan
        for part in plan.values():
            yield from _nodes(part)
    elif isinstance(plan, list):
        for part in plan:
            yield from _nodes(part)

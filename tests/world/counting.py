"""Counts what a tap costs: SQL statements, and calls of the Bot API."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from db.session import Database
from simulator.server import Simulator

# What only frames a transaction, and what every connection does once.
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass
class Cost:
    """What was asked of the database and of Telegram."""

    statements: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


@contextmanager
def counted(db: Database, simulator: Simulator) -> Generator[Cost]:
    """Count inside the block."""
    cost = Cost()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(FRAME):
            cost.statements.append(statement)

    engines = {db.engine.sync_engine, db.read_engine.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    before = len(simulator.calls())
    try:
        yield cost
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
        cost.calls += [call.method for call in simulator.calls()[before:] if call.method != "getUpdates"]

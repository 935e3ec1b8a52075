"""Listens to what is asked of the database, and counts what a tap costs: statements, and calls of the Bot API."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from db.session import Database
from simulator.server import Simulator

# What only frames a transaction, and what every connection does once.
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")
PING = "SELECT 1"

# fetching, and setting the bot up, which the start does a moment later: nobody waits for these
BESIDE = ("getUpdates", "getMy", "setMy", "setChatMenuButton")


@dataclass
class Cost:
    """What was asked of the database and of Telegram."""

    statements: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


@contextmanager
def listening(db: Database, hear: Callable[[str, Any], object]) -> Generator[None]:
    """Tell `hear` every statement of the block as it is asked, with its parameters (of many times, the first)."""

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        hear(statement, parameters[0] if many else parameters)

    engines = {db.engine.sync_engine, db.read_engine.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@contextmanager
def statements(db: Database) -> Generator[list[str]]:
    """The statements of the block, without what frames a transaction."""
    said: list[str] = []

    def hear(statement: str, _parameters: Any) -> None:
        if statement != PING and not statement.upper().startswith(FRAME):
            said.append(statement)

    with listening(db, hear):
        yield said


@contextmanager
def counted(db: Database, simulator: Simulator) -> Generator[Cost]:
    """Count inside the block."""
    before = len(simulator.calls())
    with statements(db) as said:
        cost = Cost(said)
        try:
            yield cost
        finally:
            cost.calls += [call.method for call in simulator.calls()[before:] if not call.method.startswith(BESIDE)]

"""SQLite in one trip: a statement and its rows cross to the connection's thread and back once.

aiosqlite crosses for each step (make a cursor, execute, fetch, close), and a crossing costs more than most statements
of a shop. This is an aiosqlite connection still; SQLAlchemy takes it through `async_creator_fn`.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

import aiosqlite

Rows = deque[tuple[Any, ...]]
Work = Callable[[sqlite3.Connection, str, Sequence[Any]], None]


class Cursor:
    """What one statement brought, all rows at once."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: Rows = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Nothing to open."""
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        """Run a statement and fetch its rows. Raises sqlite3.Error."""
        await self._connection.trip(self._execute, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Run a statement for each of `parameters`. Raises sqlite3.Error."""
        await self._connection.trip(self._executemany, sql, parameters)
        return self

    def _execute(self, raw: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> None:
        self._take(raw.execute(sql, parameters))

    def _executemany(self, raw: sqlite3.Connection, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._take(raw.executemany(sql, parameters))

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = deque(cursor.fetchall()) if cursor.description else deque()
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()

    async def fetchall(self) -> Rows:
        """Every row that is left."""
        rows, self._rows = self._rows, deque()
        return rows

    async def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """The next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    async def fetchone(self) -> tuple[Any, ...] | None:
        """The next row."""
        return self._rows.popleft() if self._rows else None

    async def close(self) -> None:
        """Nothing is held open."""
        self._rows.clear()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)


class Connection(aiosqlite.Connection):
    """An aiosqlite connection whose cursors take one trip."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy asks for this much of a cursor
        """A cursor; nothing is asked of the database yet."""
        return Cursor(self)

    async def trip(self, work: Work, sql: str, parameters: Sequence[Any]) -> None:
        """Run `work` with the raw connection: in its thread, or at once while it holds the writer's lock.

        A writer keeps everybody else from writing, and a step that waits for a crowded loop takes as long as a hundred
        that do not. BEGIN may have to wait for another process, COMMIT for the disk: those take the trip.
        """
        if self._conn.in_transaction:
            work(self._conn, sql, parameters)
            return
        await self._execute(work, self._conn, sql, parameters)  # type: ignore[no-untyped-call]  # aiosqlite's own way

    async def rollback(self) -> None:
        """Roll back what was begun; a look needs no trip to end."""
        if self.in_transaction:
            await super().rollback()


def connect(database: str, **options: Any) -> Connection:
    """What SQLAlchemy calls instead of `aiosqlite.connect`, with the same arguments."""
    connection = Connection(
        lambda: sqlite3.connect(database, **{**options, "check_same_thread": False}), iter_chunk_size=64
    )
    connection._thread.daemon = True  # noqa: SLF001  as SQLAlchemy does: a forgotten connection must not keep us running
    return connection

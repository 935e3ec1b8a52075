"""Hands every test an empty, migrated database: a copied SQLite file, or a server's database, emptied."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import TypeVar

from sqlalchemy import URL, Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db import models
from db.base import Base
from db.migrate import upgrade
from db.session import async_url

T = TypeVar("T")
SHARED_MEMORY = Path("/dev/shm")  # every commit is synced: a disk would cost more than the tests
TABLES = [table.name for table in Base.metadata.sorted_tables]
CLOSE_OTHERS = {
    "postgresql": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    "mysql": "SELECT CONCAT('KILL ', id) FROM information_schema.processlist"
    " WHERE db = DATABASE() AND id <> CONNECTION_ID()",
}
CHECKS = {
    "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
    "mysql": ("SET foreign_key_checks = 0", "SET foreign_key_checks = 1"),
}
assert models.User.__tablename__ in TABLES


def apart(work: Coroutine[object, object, T]) -> T:
    """Run a coroutine to its end on a loop of its own, whatever loop the test has."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class Aside:
    """A loop of its own on a thread of its own, where what is connected for one test stays connected for the next."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._engines: dict[str, AsyncEngine] = {}
        self._thread = Thread(target=self._loop.run_forever, name="databases of the tests", daemon=True)
        self._thread.start()

    def empty(self, url: str) -> None:
        """Delete the rows of this database."""
        self._run(self._empty(url))

    def close(self) -> None:
        """Hang up."""
        self._run(self._hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _empty(self, url: str) -> None:
        if url not in self._engines:
            self._engines[url] = create_async_engine(async_url(url), pool_size=1, pool_pre_ping=True)
        await _delete_rows(self._engines[url])

    async def _hang_up(self) -> None:
        for engine in self._engines.values():
            await engine.dispose()


class Databases:
    """The databases of one test worker; `empty(kind)` is what a test gets, `bare(kind)` has no tables at all."""

    def __init__(self, servers: dict[str, str], worker: str) -> None:
        self._servers = {kind: async_url(url) for kind, url in servers.items() if kind != "sqlite"}
        self._stem = f"storefront_test_{os.getpid()}_{worker}"
        self._made: dict[str, list[str]] = {kind: [] for kind in self._servers}
        self._numbers = itertools.count(1)
        self._home = Path(
            tempfile.mkdtemp(prefix=f"{self._stem}-", dir=SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None)
        )
        self._ready: dict[str, str] = {}
        self._aside = Aside()

    def has(self, kind: str) -> bool:
        """Whether databases of this kind can be made here."""
        return kind == "sqlite" or kind in self._servers

    def empty(self, kind: str) -> str:
        """Address of a migrated database without rows; on a server it is the same one again, emptied."""
        if kind not in self._ready:
            self._ready[kind] = self.bare(kind)
            apart(upgrade(self._ready[kind]))
            fresh = True
        else:
            fresh = False
        if kind == "sqlite":
            copy = self._home / f"{next(self._numbers)}.sqlite3"
            shutil.copyfile(self._ready[kind].removeprefix("sqlite:///"), copy)
            return f"sqlite:///{copy}"
        if not fresh:
            self._aside.empty(self._ready[kind])
        return self._ready[kind]

    def bare(self, kind: str) -> str:
        """Address of a new database without tables."""
        number = next(self._numbers)
        if kind == "sqlite":
            return f"sqlite:///{self._home / f'bare-{number}.sqlite3'}"
        name = f"{self._stem}_{number}"
        collation = "" if kind == "postgresql" else " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        apart(_command(self._servers[kind], f"CREATE DATABASE {name}{collation}"))
        self._made[kind].append(name)
        return self._servers[kind].set(database=name).render_as_string(hide_password=False)

    def forget(self, url: str) -> None:
        """Remove a SQLite file when its test is over; a server's database stays for the next test."""
        if url.startswith("sqlite"):
            file = Path(url.partition("///")[2])
            for path in file.parent.glob(f"{file.name}*"):
                path.unlink()

    def close(self) -> None:
        """Drop everything that was made."""
        self._aside.close()
        for kind, names in self._made.items():
            force = " WITH (FORCE)" if kind == "postgresql" else ""
            for name in names:
                apart(_command(self._servers[kind], f"DROP DATABASE IF EXISTS {name}{force}"))
        shutil.rmtree(self._home, ignore_errors=True)


async def _command(url: URL, statement: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()


async def _delete_rows(engine: AsyncEngine) -> None:
    """Empty the tables that have rows, and let ids begin at 1 again.

    TRUNCATE would make new files and sync them, table by table: fifty times slower than deleting a test's few rows.
    """
    async with engine.begin() as connection:
        await connection.run_sync(_empty_now, engine.dialect.name)


def _empty_now(connection: Connection, dialect: str) -> None:
    for row in connection.execute(text(CLOSE_OTHERS[dialect])).all():
        if isinstance(row[0], str):
            connection.execute(text(row[0]))
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in TABLES)
    names = [row[0] for row in connection.execute(text(filled))]
    off, on = CHECKS[dialect]
    connection.execute(text(off))
    for name in names:
        connection.execute(text(f"DELETE FROM {name}"))
    for name in names:
        _count_from_one(connection, dialect, name)
    connection.execute(text(on))


def _count_from_one(connection: Connection, dialect: str, table: str) -> None:
    column = Base.metadata.tables[table].autoincrement_column
    if column is None:
        return
    if dialect == "postgresql":
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', '{column.name}'), 1, false)"))
    else:
        connection.execute(text(f"ALTER TABLE {table} AUTO_INCREMENT = 1"))

"""Migrations by program: up, down, where we stand, and writing a new revision.

`python -m db.migrate URL "Give products a weight"` writes the revision that leads from the database at URL (at head) to
the models.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from db.engines import async_url, say_when_away

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_306_081  # any number that nothing else in the same database locks


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`; does nothing when it is there. Replicas may call it at the same time."""
    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str = "base") -> None:
    """Take the database back to `revision`; data of the tables that go is lost."""
    await _run(url, lambda config: command.downgrade(config, revision))


async def current(url: str) -> str | None:
    """The revision that the database is at; None when it has no tables of ours."""
    async with _connected(url, writes=False) as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


def head() -> str | None:
    """The newest revision that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


async def write_revision(url: str, message: str) -> None:
    """Write the file of a new revision: the difference between the database at `url` (at head) and the models."""
    await _run(url, lambda config: command.revision(config, message, autogenerate=True, rev_id=_next_number()))


async def _run(url: str, work: Callable[[Config], Any]) -> None:
    async with _connected(url) as connection:
        await connection.run_sync(_under_lock, work)
        await connection.commit()


def _under_lock(connection: Connection, work: Callable[[Config], Any]) -> None:
    """One migrator at a time; SQLite's BEGIN IMMEDIATE, which any statement sends, is already such a lock."""
    takes = {
        "postgresql": f"SELECT pg_advisory_xact_lock({LOCK})",
        # of this database: MySQL's locks are the whole server's, and other shops there need not wait
        "mysql": f"SELECT GET_LOCK(CONCAT('{LOCK}:', MD5(DATABASE())), 120)",
    }
    connection.execute(text(takes.get(connection.dialect.name, "SELECT 1")))
    work(_config(connection))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _next_number() -> str:
    return f"{int(head() or 0) + 1:04d}"


@asynccontextmanager
async def _connected(url: str, *, writes: bool = True) -> AsyncGenerator[AsyncConnection]:
    parsed = async_url(url)
    engine = create_async_engine(parsed, poolclass=NullPool)
    if parsed.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, begin="BEGIN IMMEDIATE" if writes else "BEGIN")
    else:
        say_when_away(engine)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def _prepare_sqlite(engine: AsyncEngine, *, begin: str) -> None:
    """Take DDL back when it fails half-way, and let batch mode drop a table that others point at."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=OFF", "busy_timeout=60000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


if __name__ == "__main__":
    asyncio.run(write_revision(sys.argv[1], sys.argv[2]))

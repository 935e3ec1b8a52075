"""Both ends of a copy: a source read as of one instant, and a target that is empty, migrated and written at once."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import URL, Connection, inspect, literal_column, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from db import migrate
from db.engines import DatabaseAway, async_url, say_when_away, tune_sqlite


class CannotCopy(Exception):  # noqa: N818  it reads as a claim
    """Why the copy was refused or given up; the target has no row more than before."""


@asynccontextmanager
async def source(url: str, target_url: str) -> AsyncGenerator[AsyncConnection]:
    """The source in one read-only transaction that sees one instant. Raises CannotCopy."""
    parsed = async_url(url)
    if parsed == async_url(target_url):
        raise CannotCopy("Source and target are the same database.")
    _check_file(parsed)
    engine = _engine(parsed, begin="BEGIN", isolation="REPEATABLE READ", query_only=True)
    try:
        await _check_version(url)
        async with engine.connect() as connection, connection.begin():
            yield connection
    except (DatabaseAway, DBAPIError) as error:
        raise CannotCopy(f"The source does not answer: {_said(error)}") from error
    finally:
        await engine.dispose()


@asynccontextmanager
async def target(url: str) -> AsyncGenerator[AsyncConnection]:
    """The target with every table, empty, in one transaction that commits when the block ends. Raises CannotCopy."""
    engine = _engine(async_url(url), begin="BEGIN IMMEDIATE", isolation="READ COMMITTED", query_only=False)
    try:
        async with engine.begin() as connection:
            _refuse(await connection.run_sync(_first_filled))
        await migrate.upgrade(url)
        async with engine.begin() as connection:
            _refuse(await connection.run_sync(_first_filled))
            yield connection
    except (DatabaseAway, DBAPIError) as error:
        raise CannotCopy(f"The copy was given up, and the target is as it was: {_said(error)}") from error
    except CommandError as error:
        raise CannotCopy(f"The target has the tables of another version: {error}") from error
    finally:
        await engine.dispose()


async def _check_version(url: str) -> None:
    revision = await migrate.current(url)
    if revision is None:
        raise CannotCopy("The source has no shop in it.")
    if revision != migrate.head():
        raise CannotCopy(f"The source has the tables of another version ({revision}); run `storefront migrate` on it.")


def _refuse(filled: str | None) -> None:
    if filled is not None:
        raise CannotCopy(f"The target is not empty: its table {filled} has rows. Copy into a new, empty database.")


def _first_filled(connection: Connection) -> str | None:
    """A table of the target that has rows, if any; a table that is not ours counts too."""
    there = set(inspect(connection).get_table_names()) - {"alembic_version"}
    quote = connection.dialect.identifier_preparer.quote
    for name in sorted(there):
        if connection.execute(select(literal_column("1")).select_from(text(quote(name))).limit(1)).first() is not None:
            return name
    return None


def _engine(url: URL, *, begin: str, isolation: str, query_only: bool) -> AsyncEngine:
    """Rows pass as they are: JSON stays the text that it is, so that nothing is written anew on the way."""
    if url.get_backend_name() == "sqlite":
        engine = create_async_engine(url, poolclass=NullPool, json_serializer=_as_it_is, json_deserializer=_as_it_is)
        tune_sqlite(engine, begin=begin, query_only=query_only)
        return engine
    engine = create_async_engine(
        url,
        poolclass=NullPool,
        isolation_level=isolation,
        json_serializer=_as_it_is,
        json_deserializer=_as_it_is,
    )
    say_when_away(engine)
    return engine


def _as_it_is(value: str) -> str:
    return value


def _check_file(url: URL) -> None:
    """SQLite would make an empty file where there is none."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise CannotCopy(f"There is no file {url.database}.")


def _said(error: Exception) -> str:
    """The database's own words, without the statement and its values, which are people's data."""
    original = getattr(error, "orig", None)
    return str(original or error).split("\n")[0][:300]

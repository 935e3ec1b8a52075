"""Restoring a backup into an empty database of the kind that it was taken from."""

import os
import sqlite3
from pathlib import Path
from typing import IO

from sqlalchemy import URL, Connection, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.backups.files import NAMES, BackupRefused, Kind, kind_of
from db.backups.programs import find, mysql_options, postgres_address, run
from db.engines import DatabaseAway, async_url, say_when_away


async def restore(url: str, file: Path) -> None:
    """Restore the file. Raises BackupRefused: the database is not empty, or of another kind, or the file is broken.

    All or nothing on SQLite and PostgreSQL. MariaDB and MySQL cannot take tables back: what a killed restore leaves
    there has no version, so that no shop opens on it and a second restore is refused until the database is made anew.
    """
    parsed = async_url(url)
    kind = kind_of(file)
    if kind != parsed.get_backend_name():
        target = NAMES[Kind(parsed.get_backend_name())]
        raise BackupRefused(
            f"{file} is a backup of {NAMES[kind]} and cannot go into {target}. Restore it into {NAMES[kind]}, "
            "then move the shop with: storefront copy-database FROM TO"
        )
    if kind is Kind.SQLITE:
        _restore_sqlite(parsed, file)
        return
    await _refuse_tables(parsed)
    if kind is Kind.POSTGRESQL:
        command = [find("pg_restore"), "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        await run(parsed, [*command, f"--dbname={postgres_address(parsed)}", str(file)])
        return
    with _reading(file) as opened:
        await run(parsed, [find("mariadb"), *mysql_options(parsed), str(parsed.database)], reads=opened)


def _reading(file: Path) -> IO[bytes]:
    return file.open("rb")


def _restore_sqlite(url: URL, file: Path) -> None:
    place = Path(url.database or "")
    if any(os.path.lexists(f"{place}{end}") for end in ("", "-wal", "-shm", "-journal")):
        raise BackupRefused(f"{place} exists already: move it away first, then restore.")
    unfinished = place.with_name(f".{place.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        source, target = sqlite3.connect(f"file:{file}?mode=ro", uri=True), sqlite3.connect(unfinished)
        try:
            source.backup(target)
            if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupRefused(f"{file} is damaged.")
        except sqlite3.DatabaseError as error:
            raise BackupRefused(f"{file} is damaged: {error}.") from None
        finally:
            target.close()
            source.close()
        os.link(unfinished, place)
    except OSError as error:
        raise BackupRefused(f"{place} cannot be written: {error.strerror}.") from None
    finally:
        unfinished.unlink(missing_ok=True)


async def _refuse_tables(url: URL) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    say_when_away(engine)
    try:
        async with engine.connect() as connection:
            names = await connection.run_sync(_tables)
    except (DatabaseAway, DBAPIError) as error:
        said = getattr(error, "orig", None) or error
        raise BackupRefused(f"The database does not answer: {said}") from None
    finally:
        await engine.dispose()
    if names:
        raise BackupRefused(
            f"The database is not empty: it has {len(names)} tables, {names[0]} among them. "
            "A backup is restored into a new, empty database."
        )


def _tables(connection: Connection) -> list[str]:
    return sorted(inspect(connection).get_table_names())

"""Taking a backup of a shop that may be open: one instant of it, in one new file that appears only when it is whole."""

import os
import sqlite3
from pathlib import Path
from typing import IO

from sqlalchemy import URL

from db.backups.files import BackupRefused, kind_of
from db.backups.programs import find, mysql_options, postgres_address, run
from db.engines import async_url
from db.migrate import current

VERSION_TABLE = "alembic_version"


async def save(url: str, file: Path) -> None:
    """Write the backup. Raises BackupRefused: the file exists, there is no shop, a program is missing or complains."""
    parsed = async_url(url)
    _check(parsed, file)
    if await current(url) is None:
        raise BackupRefused("There is no shop in this database.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        _begin(unfinished)
        await _write(parsed, unfinished)
        kind_of(unfinished)
        _finish(unfinished, file)
    except OSError as error:
        raise BackupRefused(f"{file} cannot be written: {error.strerror}.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _check(url: URL, file: Path) -> None:
    if os.path.lexists(file):
        raise BackupRefused(f"{file} exists already, and a backup never overwrites anything.")
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise BackupRefused(f"There is no shop at {url.database}.")


def _begin(unfinished: Path) -> None:
    """Make the file, for its owner alone to read: it holds people's data."""
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _finish(unfinished: Path, file: Path) -> None:
    """Let it appear under its name; unlike a rename, a link never replaces what came there meanwhile."""
    with unfinished.open("rb") as opened:
        os.fsync(opened.fileno())
    os.link(unfinished, file)


async def _write(url: URL, file: Path) -> None:
    match url.get_backend_name():
        case "sqlite":
            _copy_sqlite(url.database or "", file)
        case "postgresql":
            command = [find("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={file}"]
            await run(url, [*command, f"--dbname={postgres_address(url)}"])
        case _:
            await _dump_mysql(url, file)


def _copy_sqlite(database: str, file: Path) -> None:
    """SQLite's own online backup: readers and writers go on; it begins again when another process wrote meanwhile."""
    source = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)
    target = sqlite3.connect(file)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one plain file, readable from read-only media
        if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupRefused("The copy is not sound: the disk of the shop or of the backup may be failing.")
    finally:
        target.close()
        source.close()


async def _dump_mysql(url: URL, file: Path) -> None:
    """The table of the version goes last: a restore that was cut off leaves a database that no shop opens on."""
    program = [find("mariadb-dump"), *mysql_options(url), "--single-transaction", "--quick", "--hex-blob"]
    name = str(url.database)
    with _appending(file) as opened:
        await run(url, [*program, f"--ignore-table={name}.{VERSION_TABLE}", name], writes=opened)
        await run(url, [*program, name, VERSION_TABLE], writes=opened)


def _appending(file: Path) -> IO[bytes]:
    return file.open("ab")

"""The databases' own programs for backups: found, given the address without showing its password, and heard out."""

import asyncio
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from sqlalchemy import URL

from db.backups.files import BackupRefused

PACKAGES = {
    "pg_dump": "postgresql-client",
    "pg_restore": "postgresql-client",
    "mariadb-dump": "mariadb-client",
    "mariadb": "mariadb-client",
}
ALSO_CALLED = {"mariadb-dump": "mysqldump", "mariadb": "mysql"}


def find(program: str) -> str:
    """Where the program is. Raises BackupRefused with what to install, and with the way that needs no program."""
    found = shutil.which(program) or shutil.which(ALSO_CALLED.get(program, program))
    if found is None:
        raise BackupRefused(
            f"{program} is not on this machine: install {PACKAGES[program]} (of the server's version or newer), "
            "or take the shop as a SQLite file, which needs nothing: storefront copy-database FROM sqlite:///FILE"
        )
    return found


def postgres_address(url: URL) -> str:
    """The address as libpq reads it, without the password."""
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def mysql_options(url: URL) -> list[str]:
    """The address as MariaDB's and MySQL's programs read it, without the password."""
    options = ["--default-character-set=utf8mb4"]
    if sock := url.query.get("unix_socket"):
        options.append(f"--socket={sock}")
    elif url.host:
        options += ["--protocol=tcp", f"--host={url.host}", f"--port={url.port or 3306}"]
    if url.username:
        options.append(f"--user={url.username}")
    return options


async def run(
    url: URL, command: Sequence[str], *, reads: IO[bytes] | None = None, writes: IO[bytes] | None = None
) -> None:
    """Run a program to its end, the password in its environment. Raises BackupRefused with what it complained of."""
    password = str(url.password) if url.password is not None else ""
    secret = {"PGPASSWORD": password, "MYSQL_PWD": password} if password else {}
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=reads if reads is not None else asyncio.subprocess.DEVNULL,
        stdout=writes if writes is not None else asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **secret},
    )
    _, said = await process.communicate()
    if process.returncode:
        words = " ".join(said.decode(errors="replace").split())[:500]
        raise BackupRefused(f"{Path(command[0]).name} gave up: {words or f'exit code {process.returncode}'}")

"""Backup files: what is in one, and that it is whole."""

from enum import StrEnum
from pathlib import Path

LAST_WORDS = b"-- Dump completed"  # mariadb-dump's last line: without it the dump was cut off
TAIL = 200  # bytes at the end within which they stand


class BackupRefused(Exception):  # noqa: N818  it reads as a claim
    """Why no backup was made, or none was restored; nothing was changed."""


class Kind(StrEnum):
    """What made the file, and what can read it."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    MYSQL = "mysql"


NAMES = {Kind.SQLITE: "SQLite", Kind.POSTGRESQL: "PostgreSQL", Kind.MYSQL: "MariaDB/MySQL"}


def kind_of(file: Path) -> Kind:
    """What kind of backup the file is. Raises BackupRefused: not there, not a backup, or cut off."""
    try:
        with file.open("rb") as opened:
            head = opened.read(64)
            opened.seek(0, 2)
            opened.seek(max(0, opened.tell() - TAIL))
            tail = opened.read()
    except OSError as error:
        raise BackupRefused(f"{file} cannot be read: {error.strerror}.") from None
    if head.startswith(b"SQLite format 3\0"):
        return Kind.SQLITE
    if head.startswith(b"PGDMP"):
        return Kind.POSTGRESQL
    if head.startswith((b"-- MariaDB dump", b"-- MySQL dump", b"/*M!999999", b"/*!999999")):
        if LAST_WORDS not in tail:
            raise BackupRefused(f"{file} was cut off: its last line is missing. Take another backup.")
        return Kind.MYSQL
    raise BackupRefused(f"{file} is not a backup that `storefront backup` made.")

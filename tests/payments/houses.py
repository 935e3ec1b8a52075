"""Everything outside a process of the shop, a database and a provider's books: kept, looked at and put back."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from db.copying.rows import tables_in_order
from db.copying.sequences import count_on
from db.session import async_url
from tests.payments.outside import OutsideTill
from tests.world.databases import Databases, apart

TOKEN = re.compile(r"[\w-]{24,}")  # no two processes make the same

Rows = dict[str, list[dict[str, Any]]]


class House(Protocol):
    """A database and the provider's books, and copies of both."""

    url: str
    books: Path

    def keep(self, name: str) -> None:
        """Copy everything."""

    def restore(self, name: str) -> None:
        """Put a copy back."""

    def looks(self) -> str:
        """Every row and the provider's books, with tokens by the order of appearance."""


class FileHouse:
    """A SQLite file, with what SQLite has beside it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.books = folder / "books"
        self._file = Path(url.partition("///")[2])

    def keep(self, name: str) -> None:
        kept = self.folder / name
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        for file in self._files():
            shutil.copy(file, kept)

    def restore(self, name: str) -> None:
        for file in self._files():
            file.unlink()
        for file in (self.folder / name).iterdir():
            shutil.copy(file, self.folder if file.name == "books" else self._file.parent)

    def looks(self) -> str:
        with closing(sqlite3.connect(self._file)) as connection:
            rows = "\n".join(connection.iterdump())
        return _looks(rows, self.books)

    def _files(self) -> list[Path]:
        files = [*self._file.parent.glob(f"{self._file.name}*"), self.books]
        return [file for file in files if file.exists()]


class ServerHouse:
    """A server's database: its rows are read and written, because a file cannot be copied under a server.

    Restoring ends every other connection first, as a server does when it finds that nobody is at the other end.
    """

    def __init__(self, databases: Databases, kind: str, folder: Path) -> None:
        self.url = databases.empty(kind)
        self.books = folder / "books"
        self._databases = databases
        self._kind = kind
        self._kept: dict[str, tuple[Rows, bytes | None]] = {}

    def keep(self, name: str) -> None:
        books = self.books.read_bytes() if self.books.exists() else None
        self._kept[name] = (apart(_read(self.url)), books)

    def restore(self, name: str) -> None:
        rows, books = self._kept[name]
        self._databases.empty(self._kind)
        apart(_write(self.url, rows))
        self.books.unlink(missing_ok=True)
        if books is not None:
            self.books.write_bytes(books)

    def looks(self) -> str:
        return _looks(repr(apart(_read(self.url))), self.books)


def house(databases: Databases, kind: str, folder: Path) -> House:
    """An empty house with a database of this kind."""
    if kind == "sqlite":
        return FileHouse(databases.empty(kind), folder)
    return ServerHouse(databases, kind, folder)


def without_tokens(text: str) -> str:
    """The same with tokens by the order of appearance."""
    tokens: dict[str, str] = {}
    return TOKEN.sub(lambda found: tokens.setdefault(found[0], f"<{len(tokens)}>"), text)


def _looks(rows: str, books: Path) -> str:
    return without_tokens(f"{rows}\n{OutsideTill(books)}")


async def _read(url: str) -> Rows:
    engine = create_async_engine(async_url(url))
    try:
        async with engine.connect() as connection:
            return {table.name: await _rows(connection, table) for table in tables_in_order()}
    finally:
        await engine.dispose()


async def _rows(connection: AsyncConnection, table: Table) -> list[dict[str, Any]]:
    found = await connection.execute(select(table).order_by(*table.primary_key.columns))
    return [dict(row) for row in found.mappings()]


async def _write(url: str, rows: Rows) -> None:
    engine = create_async_engine(async_url(url))
    try:
        async with engine.begin() as connection:
            for table in tables_in_order():
                if rows[table.name]:
                    await connection.execute(insert(table), rows[table.name])
                    await count_on(connection, table)
    finally:
        await engine.dispose()

"""Sessions: the only commit in the project, and what each database needs to keep its promises."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction, create_async_engine
from sqlalchemy.util import greenlet_spawn

from db import changes, sqlite_driver
from db.engines import DatabaseAway, async_url, server_engine, tune_sqlite
from db.errors import CommitUnknown, is_away, is_full, is_transient
from db.prepared import PreparedRead

__all__ = ["CommitUnknown", "Database", "DatabaseAway", "async_url", "is_away", "is_full", "is_transient", "retrying"]

T = TypeVar("T")

ATTEMPTS = 6


class Database:
    """One database, reached through `begin()` to write and `read()` to look.

    On SQLite writers queue behind one lock and start with BEGIN IMMEDIATE, and readers use their own read-only
    connections, because a deferred transaction that turns into a writer fails at once with "database is locked".
    """

    sqlite_connect = staticmethod(sqlite_driver.connect)

    def __init__(self, url: str, *, pool_size: int = 10, echo: bool = False) -> None:
        self.watchers: list[changes.Watcher] = []
        self.url = async_url(url)
        self.dialect = self.url.get_backend_name()
        self.is_sqlite = self.dialect == "sqlite"
        self._write_lock = asyncio.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            driver = {"async_creator_fn": self.sqlite_connect}
            # parameters are what people bought, and where they live: nothing for an error that is logged
            common: dict[str, Any] = {"echo": echo, "hide_parameters": True, "connect_args": driver}
            self.engine = create_async_engine(self.url, pool_size=1, max_overflow=4, **common)
            self.read_engine = create_async_engine(
                self.url, pool_size=min(pool_size, 4), max_overflow=0, pool_timeout=60, **common
            )
            tune_sqlite(self.engine, begin="BEGIN IMMEDIATE", query_only=False)
            tune_sqlite(self.read_engine, begin=None, query_only=True)
        else:
            self.engine = server_engine(self.url, pool_size=pool_size, echo=echo)
            self.read_engine = self.engine
        # PostgreSQL needs three trips to look in a transaction and one without; on MariaDB it is the other way round
        autocommit = self.dialect == "postgresql"
        self._looking = self.engine.execution_options(isolation_level="AUTOCOMMIT") if autocommit else self.read_engine

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that commits when the block ends and rolls back when it raises.

        Raises CommitUnknown when the connection broke during COMMIT.
        """
        async with AsyncExitStack() as stack:
            if self._write_lock is not None:
                await stack.enter_async_context(self._write_lock)
            session = await stack.enter_async_context(AsyncSession(self.engine, expire_on_commit=False, autoflush=True))
            transaction = await session.begin()
            try:
                yield session
                await session.flush()
            except BaseException:
                await transaction.rollback()
                raise
            await _commit(transaction)
            changes.tell(session, self.watchers)

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """A session to look with, never to write; each statement sees what was committed last."""
        session = AsyncSession(self._looking, expire_on_commit=False, autoflush=False)
        try:
            yield session
        finally:
            await session.close()

    async def look(self, read: PreparedRead, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of one statement, without a session around it: what a screen asks alone costs half of it so."""
        engine = self._looking.sync_engine

        def rows() -> list[tuple[Any, ...]]:
            with engine.connect() as connection:
                return read.rows(connection, values)

        return await greenlet_spawn(rows)

    async def transact(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Run `work` in a transaction, again from the start (at most six times) when the database asks for it.

        `work` must touch nothing but the session: it may run more than once.
        """
        return await retrying(lambda: self._once(work))

    async def _once(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        async with self.begin() as session:
            return await work(session)

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
        if self.read_engine is not self.engine:
            await self.read_engine.dispose()


async def _commit(transaction: AsyncSessionTransaction) -> None:
    try:
        await transaction.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise CommitUnknown("the connection broke during COMMIT") from error
        raise


async def retrying(work: Callable[[], Awaitable[T]]) -> T:
    """Run a whole unit of work again when it lost a deadlock, a serialization check, a busy lock or its connection."""
    for attempt in range(1, ATTEMPTS):
        try:
            return await work()
        except (DBAPIError, DatabaseAway) as error:
            if not is_transient(error):
                raise
            await asyncio.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311  jitter, not a secret
    return await work()

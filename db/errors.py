"""What an error of the database means: try again, the database is away, or our own mistake."""

from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from db.engines import DatabaseAway

TRANSIENT_SQLSTATES = {"40001", "40P01"}
SAVEPOINT_GONE = 1305
TRANSIENT_MYSQL = {1213, 1205, 1020}  # deadlock, lock wait timeout, record changed since last read

# starting, stopping, or full of connections
AWAY_SQLSTATES = {"57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006"}
AWAY_MYSQL = {1040, 1053, 1927, 2002, 2003, 2006, 2013, 2014, 2055}
SERVER_FULL_SQLSTATES = {"53100"}
SERVER_FULL_MYSQL = {1021, 1114, 28}
SQLITE_FULL = ("database or disk is full", "disk i/o error", "unable to open database file")


class CommitUnknown(DatabaseAway):
    """The connection broke during COMMIT: it may have happened, so trying again could do it twice."""


def is_transient(error: BaseException) -> bool:
    """Whether the whole transaction may simply be tried again: deadlock, serialization failure, busy, lost connection.

    Not when COMMIT itself was cut off: then it may have happened.
    """
    if isinstance(error, CommitUnknown):
        return False
    if isinstance(error, DatabaseAway):
        return True
    if not isinstance(error, DBAPIError):
        return False
    numbers = TRANSIENT_SQLSTATES | TRANSIENT_MYSQL | AWAY_SQLSTATES | AWAY_MYSQL
    if error.connection_invalidated or _numbers(error) & numbers or _savepoint_went_with_the_deadlock(error):
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def is_away(error: BaseException) -> bool:
    """Whether the database is out of reach or can take no more: nothing to apologise for twice, it comes back."""
    if isinstance(error, DatabaseAway | PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    numbers = AWAY_SQLSTATES | AWAY_MYSQL | SERVER_FULL_SQLSTATES | SERVER_FULL_MYSQL
    return error.connection_invalidated or bool(_numbers(error) & numbers) or is_full(error)


def is_full(error: BaseException) -> bool:
    """Whether there is no room left on the disk (SQLite)."""
    return isinstance(error, OperationalError) and any(said in str(error.orig).lower() for said in SQLITE_FULL)


def _savepoint_went_with_the_deadlock(error: DBAPIError) -> bool:
    """MariaDB ends the whole transaction at a deadlock; going back to a savepoint then fails, and hides why."""
    return SAVEPOINT_GONE in _numbers(error) and "SAVEPOINT" in str(error.orig)


def _numbers(error: DBAPIError) -> set[str | int]:
    """The SQLSTATE and, of MariaDB and MySQL, the error's number: only that one tells a lock wait from other errors."""
    original: Any = error.orig
    arguments = getattr(original, "args", ())
    number = arguments[0] if arguments and isinstance(arguments[0], int) else None
    return {name for name in (getattr(original, "sqlstate", None), number) if name is not None}

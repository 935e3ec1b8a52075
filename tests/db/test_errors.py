"""An error of the database is told apart by its number, not only by its class of errors."""

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from db.errors import is_away, is_transient


class FromMariaDB(Exception):  # noqa: N818  it is a stand-in
    """As asyncmy raises it: a number, a text, and an SQLSTATE that many errors share."""

    def __init__(self, number: int, text: str, sqlstate: str = "HY000") -> None:
        super().__init__(number, text)
        self.sqlstate = sqlstate


class FromPostgreSQL(Exception):  # noqa: N818  it is a stand-in
    """As asyncpg's errors come through SQLAlchemy: with an SQLSTATE."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def raised(number: int, text: str = "", sqlstate: str = "HY000") -> OperationalError:
    return OperationalError("UPDATE inventory …", {}, FromMariaDB(number, text, sqlstate))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1213, "Deadlock found when trying to get lock"),
        (1205, "Lock wait timeout exceeded"),
        (1020, "Record has changed since last read"),
        (2013, "Lost connection"),
        (1305, "SAVEPOINT sa_savepoint_1 does not exist"),
    ],
)
def test_what_may_simply_be_tried_again(number: int, text: str) -> None:
    """Guard: the retry list of MariaDB and MySQL."""
    assert is_transient(raised(number, text))


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "57P01", "08006"])
def test_what_postgresql_asks_to_try_again(sqlstate: str) -> None:
    """Guard: the retry list of PostgreSQL: serialization, deadlock, shut down, connection lost."""
    assert is_transient(OperationalError("UPDATE inventory …", {}, FromPostgreSQL(sqlstate)))
    assert not is_transient(OperationalError("UPDATE inventory …", {}, FromPostgreSQL("42P01")))


def test_what_sqlite_asks_to_try_again() -> None:
    """Guard: the retry list of SQLite."""
    assert is_transient(OperationalError("UPDATE inventory …", {}, sqlite3.OperationalError("database is locked")))
    assert not is_transient(OperationalError("UPDATE inventory …", {}, sqlite3.OperationalError("no such table")))


def test_what_may_not() -> None:
    assert not is_transient(raised(1305, "PROCEDURE nonsense does not exist", "42000"))
    assert not is_transient(raised(1054, "Unknown column", "42S22"))


def test_a_full_server_is_away() -> None:
    assert is_away(raised(1040, "Too many connections", "08004"))
    assert not is_away(raised(1205, "Lock wait timeout exceeded"))

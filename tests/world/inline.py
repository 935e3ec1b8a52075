"""SQLite without a thread: for tests that make thousands of trips one after another, or fork."""

from typing import Any

from db import sqlite_driver


class _Here:
    """In place of the queue to a connection's thread: the work is done at once."""

    def put_nowait(self, job: tuple[Any, Any]) -> None:
        future, work = job
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001  it comes out where it is awaited
            future.set_exception(error)
        else:
            future.set_result(result)


class _Nobody:
    """In place of the thread."""

    daemon = True

    def start(self) -> None:
        """Nobody comes."""


def connect(database: str, **options: Any) -> sqlite_driver.Connection:
    """A connection that works in the thread that asks: for `Database.sqlite_connect`.

    A trip to another thread and back costs more than most statements, above all on a busy machine.
    """
    connection = sqlite_driver.connect(database, **options)
    connection._tx = _Here()  # type: ignore[assignment]  # as much of a queue as a connection uses
    connection._thread = _Nobody()  # type: ignore[assignment]  # as much of a thread
    return connection

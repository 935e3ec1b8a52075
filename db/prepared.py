"""Statements that are compiled once: finding out anew how one is written costs more than a small statement does."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Delete, Dialect, Insert, Select, Update
from sqlalchemy.sql.compiler import SQLCompiler

Take = Callable[[Mapping[str, Any]], Any]  # one parameter, as the driver wants it, out of the values by name
Convert = Callable[[Any], Any]  # a column's value from what the driver says
Written = tuple[str, tuple[Take, ...]]
REMEMBERED = 16  # moments and states of each parameter: the same moment is written into a dozen columns of an order
Known = TypeVar("Known")
Kind = tuple[str, str, bool]  # what the text of our statements depends on: MariaDB has RETURNING, MySQL has not


class PreparedWrite:
    """A write to a table, and how it is written for each database that was asked to run it.

    `columns`: those that an INSERT is given. A column with a value of its own has to be among them, because that is not
    filled in. Raises ValueError at the first use when it is not.
    """

    def __init__(self, statement: Insert | Update | Delete, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = None if columns is None else list(columns)
        self._written: dict[Kind, Written] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run it with these values. Raises KeyError for one that is missing."""
        return _run(connection, _once(self._written, connection.dialect, self._write), values)

    def run_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of these values, in one trip where the driver can. Raises KeyError for a missing one."""
        sql, takes = _once(self._written, connection.dialect, self._write)
        if rows:
            connection.exec_driver_sql(sql, [tuple([take(values) for take in takes]) for values in rows])

    def add(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run an INSERT; the id that the database gave the row."""
        result = self.run(connection, values)
        number: int = result.scalar_one() if result.returns_rows else result.lastrowid
        return number

    def _write(self, dialect: Dialect) -> Written:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        if compiled.insert_prefetch or compiled.update_prefetch:
            message = f"a column with a value of its own is not given one: {compiled}"
            raise ValueError(message)
        return _written(compiled)


class PreparedRead:
    """A SELECT, and how it is written and its columns are read for each database that was asked to run it."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._written: dict[Kind, tuple[Written, tuple[Convert | None, ...]]] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows. Raises KeyError for a value that is missing."""
        written, converts = _once(self._written, connection.dialect, self._write)
        return [
            tuple([value if convert is None else convert(value) for value, convert in zip(row, converts, strict=True)])
            for row in _run(connection, written, values)
        ]

    def _write(self, dialect: Dialect) -> tuple[Written, tuple[Convert | None, ...]]:
        types = [column.type.dialect_impl(dialect) for column in self._statement.selected_columns]
        return _written(self._statement.compile(dialect=dialect)), tuple(
            kind.result_processor(dialect, None) for kind in types
        )


def _once(known: dict[Kind, Known], dialect: Dialect, write: Callable[[Dialect], Known]) -> Known:
    """How it is written for this database: found out at the first use."""
    kind = (dialect.name, dialect.driver, dialect.insert_returning)
    found = known.get(kind)
    if found is None:
        found = known[kind] = write(dialect)
    return found


def _run(connection: Connection, written: Written, values: Mapping[str, Any]) -> CursorResult[Any]:
    sql, takes = written
    return connection.exec_driver_sql(sql, tuple([take(values) for take in takes]))


def _written(compiled: SQLCompiler) -> Written:
    return str(compiled), tuple(_take(compiled, name) for name in compiled.positiontup or ())


def _take(compiled: SQLCompiler, name: str) -> Take:
    bind = compiled.binds[name]
    process = bind.type.dialect_impl(compiled.dialect).bind_processor(compiled.dialect)
    if process is not None and issubclass(bind.type.python_type, Enum | datetime):
        process = lru_cache(maxsize=REMEMBERED)(process)
    if not bind.required:
        constant = bind.effective_value if process is None else process(bind.effective_value)
        return lambda _values: constant
    if process is None:
        return itemgetter(name)
    return lambda values: process(values[name])

"""One number for all rows of a table, the same on every database and in whatever order the rows come."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Table

SIZE = 2**256


class Digest:
    """The sum of the rows' SHA-256; rows that differ in a microsecond, an accent or a null give another sum."""

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self._sum = 0
        self._names = [column.name for column in table.columns]
        self._json = {column.name for column in table.columns if isinstance(column.type, JSON)}

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Count these rows in."""
        for row in rows:
            written = json.dumps([self._plain(name, row[name]) for name in self._names], ensure_ascii=True)
            self._sum = (self._sum + int.from_bytes(hashlib.sha256(written.encode()).digest())) % SIZE
            self.rows += 1

    def _plain(self, name: str, value: Any) -> object:
        """The value as text that no two different values share; JSON by its meaning (MySQL writes it its own way)."""
        match value:
            case None | bool() | int():
                return value
            case datetime():
                return value.isoformat(timespec="microseconds")
            case Enum():
                return str(value.value)
            case str() if name in self._json:
                return ["json", json.dumps(json.loads(value), sort_keys=True)]
            case str():
                return value
        message = f"no way to compare {type(value).__name__} in column {name}"
        raise TypeError(message)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Digest) and (self.rows, self._sum) == (other.rows, other._sum)

    __hash__ = None  # type: ignore[assignment]  # it changes while rows come

    def __str__(self) -> str:
        return f"{self.rows} rows, {self._sum:064x}"

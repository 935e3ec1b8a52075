"""Statements compiled once for all databases of one kind: every test opens its own, and would compile them all anew."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from db.session import Database


class Shared(LRUCache[Any, Any]):
    """A cache whose keys name the kind of database where SQLAlchemy's name the engine's own dialect."""

    def __init__(self, kind: str) -> None:
        super().__init__(2000)
        self._kind = kind

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((self._kind, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((self._kind, *key[1:]), value)


SHARED: dict[str, Shared] = {}


def compile_once(database: Database) -> None:
    """Let this database use what others of its kind compiled."""
    kind = database.engine.dialect.name + database.engine.driver
    shared = SHARED.setdefault(kind, Shared(kind))
    engines: set[Engine] = {one.sync_engine for one in (database.engine, database.read_engine, database._looking)}
    for engine in engines:
        engine._compiled_cache = shared

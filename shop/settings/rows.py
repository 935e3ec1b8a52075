"""Reading the rows: all of them, or only whether there was a change."""

import json
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from db.models.setting import REVISION, Setting
from db.prepared import PreparedRead
from db.session import Database

_REVISION = PreparedRead(select(Setting.revision).where(Setting.key == REVISION))


class Rows(Struct, frozen=True):
    """What is set, by key; `broken` are keys whose value is no JSON; `revision` counts changes."""

    values: dict[str, Any]
    broken: tuple[str, ...]
    revision: int


async def read(db: Database) -> Rows:
    """Every setting that has a row. One statement."""
    values: dict[str, Any] = {}
    broken: list[str] = []
    revision = 0
    async with db.read() as session:
        found = await session.execute(select(Setting.key, Setting.value, Setting.revision).order_by(Setting.key))
        for row in found:
            if row.key == REVISION:
                revision = row.revision
                continue
            try:
                values[row.key] = json.loads(row.value)
            except (ValueError, RecursionError):  # written by hand
                broken.append(row.key)
    return Rows(values, tuple(broken), revision)


async def revision(db: Database) -> int:
    """How many changes there were; one prepared statement."""
    found = await db.look(_REVISION, {})
    return int(found[0][0]) if found else 0

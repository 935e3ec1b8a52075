"""The writes that every rule leans on: an UPDATE that says whether it did, an INSERT that may find itself done."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Insert, Update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base

UNREFRESHED = {"synchronize_session": False}
SKIPS = {"postgresql", "sqlite"}  # who has ON CONFLICT DO NOTHING
Values = dict[str, Any]


async def changed(session: AsyncSession, statement: Update | Delete, values: Mapping[str, Any] | None = None) -> int:
    """Run a conditional UPDATE or DELETE; how many rows it found. Rows loaded in the session are not refreshed.

    `values` are those of the bound parameters of a statement that was built once.
    """
    result = await session.execute(statement, values, execution_options=UNREFRESHED)
    return cast("CursorResult[Any]", result).rowcount


async def insert_once(session: AsyncSession, table: type[Base], **values: Any) -> bool:
    """Insert a row unless a unique key says that it is there; whether this call inserted it.

    MySQL has no ON CONFLICT DO NOTHING, and its INSERT IGNORE would also swallow a broken foreign key: a savepoint
    and the error serve there. The transaction goes on in both cases.
    """
    dialect = session.get_bind().dialect.name
    if dialect in SKIPS:
        result = await session.execute(_insertion(dialect, table), values)
        return cast("CursorResult[Any]", result).rowcount == 1
    try:
        async with session.begin_nested():
            session.add(table(**values))
    except IntegrityError:
        return False
    return True


@cache
def _insertion(dialect: str, table: type[Base]) -> Insert:
    """Built once: the values come as parameters. The other database's dialect is never loaded."""
    insertion: Insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table.__table__).on_conflict_do_nothing()
    return insertion

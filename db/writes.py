"""Two writes that every rule leans on: an UPDATE that says whether it did, an INSERT that may find itself done."""

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import Insert

from db.base import Base


async def changed(session: AsyncSession, statement: Update | Delete) -> int:
    """Run a conditional UPDATE or DELETE; how many rows it found. Rows loaded in the session are not refreshed."""
    result = await session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


async def insert_once(session: AsyncSession, table: type[Base], **values: Any) -> bool:
    """Insert a row unless a unique key says that it is there; whether this call inserted it.

    MySQL has no ON CONFLICT DO NOTHING, and its INSERT IGNORE would also swallow a broken foreign key: a savepoint
    and the error serve there. The transaction goes on in both cases.
    """
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        return await _rows(session, postgresql.insert(table).values(**values).on_conflict_do_nothing()) == 1
    if dialect == "sqlite":
        return await _rows(session, sqlite.insert(table).values(**values).on_conflict_do_nothing()) == 1
    try:
        async with session.begin_nested():
            session.add(table(**values))
    except IntegrityError:
        return False
    return True


async def _rows(session: AsyncSession, statement: Insert) -> int:
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount

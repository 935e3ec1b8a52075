"""Reading an index in its order where its first columns are NULL in every row that is wanted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

Column = InstrumentedAttribute[Any]


def along(
    session: AsyncSession, always_null: Sequence[Column], then: Sequence[Column], *, backwards: bool = False
) -> list[ColumnElement[Any]]:
    """What to order by: `then`, which in the index comes after columns that the statement wants to be NULL.

    PostgreSQL sorts unless ORDER BY names the whole index, because IS NULL does not make a column constant for it;
    MariaDB sorts when it does. Seen with EXPLAIN on PostgreSQL 15 and MariaDB 10.11: tests/stories/test_plans.py.
    """
    columns = [*always_null, *then] if session.get_bind().dialect.name == "postgresql" else then
    return [column.desc() if backwards else column.asc() for column in columns]

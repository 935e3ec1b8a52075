"""What the doctor says: which promise is broken, where, and what to do."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncSession

SET_ASIDE = "Look at what it is with: storefront aside. It can have it tried again, or close it"
MOST = 20  # findings of one check; a broken rule repeats itself


class Finding(Struct, frozen=True):
    """One broken promise; `where` names the rows, `todo` is for the operator."""

    check: str
    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.todo}"


Check = Callable[[AsyncSession, datetime], Awaitable[list[Finding]]]


async def some(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:
    """The first rows of a query that finds damage: enough to see what is wrong."""
    return list((await session.execute(query.limit(MOST))).all())

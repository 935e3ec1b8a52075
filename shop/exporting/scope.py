"""What the tables share: whose rows they are, and numbers and times as a spreadsheet takes them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Order, User
from db.money import Money
from shop.importing.tables import Cell

PAGE = 300  # rows of the database that are held at once
NOTHING = 2**62  # no row has such an id

Row = dict[str, Cell]
Page = Sequence[Row]


class Scope(Struct, frozen=True):
    """Whose (None: everybody's) and from when to before when; `zone` is where the shop is."""

    owner_id: int | None
    begin: datetime | None
    end: datetime | None
    zone: tzinfo

    def within(self, moment: InstrumentedAttribute[Any]) -> tuple[ColumnElement[bool], ...]:
        """For a statement: that a moment is in the stretch."""
        borders = []
        if self.begin is not None:
            borders.append(moment >= self.begin)
        if self.end is not None:
            borders.append(moment < self.end)
        return tuple(borders)

    @property
    def mine(self) -> tuple[ColumnElement[bool], ...]:
        """For a statement about orders: whose they are."""
        return () if self.owner_id is None else (Order.owner_id == self.owner_id,)

    def at(self, moment: datetime | None) -> datetime | None:
        """A moment by the clock of the shop, to the second."""
        return None if moment is None else moment.astimezone(self.zone).replace(microsecond=0)


def major(amount: int | None, currency: str) -> Decimal | None:
    """Minor units as the number that people write."""
    return None if amount is None else Money(amount, currency).major()


async def first_id(
    session: AsyncSession, number: InstrumentedAttribute[int], scope: Scope, moved: InstrumentedAttribute[Any]
) -> int:
    """Before which id nothing can be in the stretch: `moved` is indexed, and never before the row was made."""
    if scope.begin is None:
        return 0
    return await session.scalar(select(func.min(number)).where(moved >= scope.begin)) or NOTHING


async def in_pages(
    session: AsyncSession, query: Select[*tuple[Any, ...]], number: InstrumentedAttribute[int], first: int = 0
) -> AsyncIterator[Sequence[Any]]:
    """The rows of a statement along an id, some at a time: `id` must be one of its columns."""
    after = first - 1
    while True:
        rows = (await session.execute(query.where(number > after).order_by(number).limit(PAGE))).all()
        if not rows:
            return
        yield rows
        after = rows[-1].id
        if len(rows) < PAGE:
            return


async def names_of(session: AsyncSession, ids: set[int], known: dict[int, str]) -> Mapping[int, str]:
    """What sellers are called; they are few, and kept."""
    missing = ids - known.keys()
    if missing:
        rows = await session.execute(select(User.id, User.name).where(User.id.in_(missing)))
        known.update({row.id: row.name for row in rows})
    return known

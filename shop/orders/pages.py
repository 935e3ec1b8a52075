"""A page of a list of orders, newest first: turned either way along the ids, so that no page is ever counted."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Order


class Turn(Struct, frozen=True):
    """Which page: the orders older than `before`, or the next newer ones than `after`; the newest without either."""

    before: int | None = None
    after: int | None = None
    size: int = 6


NEWEST = Turn()


class OrderPage(Struct, frozen=True):
    """The orders of a page, newest first, and whether there are newer and older ones."""

    orders: Sequence[Order]
    newer: bool = False
    older: bool = False

    @property
    def top(self) -> int | None:
        """What `before` is for this very page; None for the newest."""
        return self.orders[0].id + 1 if self.orders and self.newer else None


async def turn_to(
    session: AsyncSession,
    query: Select[Any],
    turn: Turn,
    *,
    by: ColumnElement[int] | InstrumentedAttribute[int] = Order.id,
) -> OrderPage:
    """Read a page of `query`, along `by` (the id, or an expression that says it without its index). One statement."""
    backwards = turn.after is not None and turn.before is None
    if backwards:
        query = query.where(by > turn.after).order_by(by.asc())
    else:
        if turn.before is not None:
            query = query.where(by < turn.before)
        query = query.order_by(by.desc())
    read = query.limit(turn.size + 1).execution_options(populate_existing=True)
    found = list((await session.scalars(read)).all())
    more = len(found) > turn.size
    orders = found[: turn.size]
    if backwards:
        return OrderPage(orders[::-1], newer=more, older=True)
    return OrderPage(orders, newer=turn.before is not None, older=more)

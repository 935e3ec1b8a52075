"""Which orders the books are compared for: those that anything changed about lately, a few at once."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment, PaymentAttempt, Refund

BATCH = 128  # orders of one statement; SQLite keeps a fifth of a kilobyte for each, for each reader


async def touched(
    session: AsyncSession, since: datetime, now: datetime, *, at_once: int = BATCH
) -> AsyncIterator[list[int]]:
    """Orders that were changed in this time, then those of which only the money was, `at_once` by `at_once`."""
    pages = partial(_pages, session, since, now, at_once)
    async for ids in pages(Order, select(Order.updated_at, Order.id, Order.id)):
        yield _padded(ids, at_once)
    told: set[int] = set()  # few: most that happens to money changes its order, too
    for money in (Payment, PaymentAttempt, Refund):
        query = select(money.updated_at, money.id, money.order_id).join(Order, Order.id == money.order_id)
        async for ids in pages(money, query.where(Order.updated_at < since)):
            if new := sorted(set(ids) - told):
                yield _padded(new, at_once)
                told.update(new)


async def _pages(
    session: AsyncSession,
    since: datetime,
    now: datetime,
    at_once: int,
    table: type[Order | Payment | PaymentAttempt | Refund],
    query: Select[datetime, int, int],
) -> AsyncIterator[list[int]]:
    """The orders of rows that were changed in this time, the ones changed first first: time and number of a row go on.

    What changes while we look is seen the next time, or a busy shop would never be done with.
    """
    query = query.where(table.updated_at <= now).order_by(table.updated_at, table.id).limit(at_once)
    at, last = since, 0
    while True:
        after = query.where(table.updated_at >= at, or_(table.updated_at > at, table.id > last))
        rows = (await session.execute(after)).all()
        if rows:
            yield [order_id for _, _, order_id in rows]
        if len(rows) < at_once:
            return
        at, last, _ = rows[-1]


def _padded(ids: list[int], length: int) -> list[int]:
    """So many ids as every other time, the last one again and again.

    SQLite's driver keeps every text of a statement that it saw, with all its place holders, for each reader.
    """
    return ids + ids[-1:] * (length - len(ids))

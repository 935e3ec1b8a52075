"""The next number of a seller's year: taken by one conditional UPDATE, in the transaction that writes the receipt.

Whoever has taken one holds the row until the commit, and everybody else who sells for the same seller waits there. So a
transaction that fails gives its number back, and none is ever left out. It is taken last, because of that wait.
"""

from datetime import datetime, tzinfo

from sqlalchemy import BigInteger, Integer, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ReceiptCounter
from db.writes import changed, insert_once

_MINE = (
    ReceiptCounter.owner_id == bindparam("seller", type_=BigInteger),
    ReceiptCounter.year == bindparam("of_year", type_=Integer),
)
_NEXT = update(ReceiptCounter).where(*_MINE).values(last=ReceiptCounter.last + 1)
_LAST = select(ReceiptCounter.last).where(*_MINE)


async def next_number(session: AsyncSession, owner_id: int, *, zone: tzinfo, now: datetime) -> tuple[int, int]:
    """The year where the shop is, and the next number of this seller in it, from 1. Two statements; four in January."""
    year = now.astimezone(zone).year
    mine = {"seller": owner_id, "of_year": year}
    if not await changed(session, _NEXT, mine):
        await insert_once(session, ReceiptCounter, owner_id=owner_id, year=year, last=0)
        await changed(session, _NEXT, mine)
    return year, (await session.scalars(_LAST, mine)).one()

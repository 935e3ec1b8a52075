"""What stands above a seller's receipts: their own name, address and VAT number, or else the shop's."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Letterhead
from db.writes import changed, insert_once
from shop.forms.writing import clean, one_line
from shop.people import events
from shop.people.permissions import Acting
from shop.refusals import CannotRead, NotPermitted

ADDRESS, VAT_ID = 500, 32  # characters


class Head(Struct, frozen=True):
    """What a seller wrote; empty: the shop's is printed, and the seller's name where it has none."""

    address: str = ""
    vat_id: str = ""


async def letterhead_of(session: AsyncSession, by: Acting) -> Head:
    """What this seller wrote. Raises NotPermitted: it is theirs alone."""
    row = await session.scalar(select(Letterhead).where(Letterhead.owner_id == _own(by)))
    return Head() if row is None else Head(row.address, row.vat_id)


async def set_letterhead(
    session: AsyncSession, by: Acting, *, address: str | None = None, vat_id: str | None = None, now: datetime
) -> None:
    """Print this on every receipt from now on; None leaves a part as it is, "" leaves it to the shop.

    Raises NotPermitted, CannotRead.
    """
    before = await letterhead_of(session, by)
    values = {}
    if address is not None:
        values["address"] = _fitting(clean(address), ADDRESS)
    if vat_id is not None:
        values["vat_id"] = _fitting(one_line(vat_id), VAT_ID)
    owner_id = _own(by)
    await insert_once(session, Letterhead, owner_id=owner_id, address="", vat_id="", updated_at=now)
    mine = update(Letterhead).where(Letterhead.owner_id == owner_id)
    await changed(session, mine.values({**values, "updated_at": now}))
    data = {name: events.pair(getattr(before, name), value) for name, value in values.items()}
    data = {name: pair for name, pair in data.items() if pair[0] != pair[1]}
    if data:
        events.write(session, by.actor, "letterhead.set", f"user:{owner_id}", owner_id=owner_id, data=data, now=now)


def _fitting(text: str, most: int) -> str:
    if len(text) > most:
        raise CannotRead(field="letterhead", given=text[:40], hint="too_long", limit=most)
    return text


def _own(by: Acting) -> int:
    if by.is_staff or not by.permissions:
        raise NotPermitted(wanted="owner")
    return by.owner_id

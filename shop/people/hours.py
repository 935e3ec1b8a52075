"""A seller says at which hour the first look of the day comes by itself, and between which hours news wait.

Hours are whole ones, of the shop's time zone.
"""

from datetime import datetime, tzinfo
from typing import Any

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import SellerHours
from db.writes import changed, insert_once
from shop.clock import next_at
from shop.notifications import quiet
from shop.people.permissions import Acting
from shop.refusals import NotPermitted

A_DAY = 24


class Hours(Struct, frozen=True):
    """What a seller chose; None: nothing."""

    digest: int | None = None
    quiet: tuple[int, int] | None = None
    orders_pass: bool = True


async def of_seller(session: AsyncSession, by: Acting) -> Hours:
    """What this seller chose. Raises NotPermitted: staff choose nothing."""
    row = await session.scalar(select(SellerHours).where(SellerHours.user_id == _own(by)))
    if row is None:
        return Hours()
    begins, ends = row.quiet_from, row.quiet_to
    return Hours(row.digest_hour, None if begins is None or ends is None else (begins, ends), row.orders_pass)


async def choose_digest(session: AsyncSession, by: Acting, hour: int | None, *, zone: tzinfo, now: datetime) -> None:
    """Have the look come every day at this hour, or (None) no more. Raises NotPermitted, ValueError."""
    due = None if hour is None else next_at(hour, now, zone)
    await _choose(session, by, digest_hour=hour, digest_due=due)


async def choose_quiet(session: AsyncSession, by: Acting, hours: tuple[int, int] | None, *, now: datetime) -> None:
    """Have news wait from one hour to another, or (None) no more. Raises NotPermitted."""
    begins, ends = hours or (None, None)
    await _choose(session, by, quiet_from=begins, quiet_to=ends)
    await quiet.release(session, _own(by), now=now)


async def let_orders_pass(session: AsyncSession, by: Acting, *, passing: bool, now: datetime) -> None:
    """Say whether news of orders come in quiet hours, too. Raises NotPermitted."""
    await _choose(session, by, orders_pass=passing)
    await quiet.release(session, _own(by), now=now)


def _own(by: Acting) -> int:
    if by.is_staff or not by.permissions:
        raise NotPermitted(wanted="owner")
    return by.person_id


async def _choose(session: AsyncSession, by: Acting, **values: Any) -> None:
    user_id = _own(by)
    await insert_once(session, SellerHours, user_id=user_id, orders_pass=True)
    await changed(session, update(SellerHours).where(SellerHours.user_id == user_id).values(values))

"""A seller says at which hour the first look of the day comes by itself; hours are those of the shop's time zone."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import SellerHours
from db.writes import changed, insert_once
from shop.people.permissions import Acting
from shop.refusals import NotPermitted

A_DAY = 24


class Hours(Struct, frozen=True):
    """What a seller chose; None: nothing."""

    digest: int | None = None


async def of_seller(session: AsyncSession, by: Acting) -> Hours:
    """What this seller chose. Raises NotPermitted: staff choose nothing."""
    row = await session.scalar(select(SellerHours).where(SellerHours.user_id == _own(by)))
    return Hours() if row is None else Hours(row.digest_hour)


async def choose_digest(session: AsyncSession, by: Acting, hour: int | None, *, zone: tzinfo, now: datetime) -> None:
    """Have the look come every day at this hour, or (None) no more. Raises NotPermitted, ValueError."""
    due = None if hour is None else next_at(hour, now, zone)
    await _choose(session, by, digest_hour=hour, digest_due=due)


def next_at(hour: int, after: datetime, zone: tzinfo) -> datetime:
    """The next time that it is this hour, after a moment, in UTC.

    Where a clock change skips the hour it is as many minutes later; of an hour that comes twice it is the first.
    Raises ValueError when there is no such hour.
    """
    today = after.astimezone(zone).date()
    days = (datetime.combine(today + timedelta(days=ahead), time(hour), tzinfo=zone) for ahead in range(3))
    return next(at for at in (day.astimezone(UTC) for day in days) if at > after)


def _own(by: Acting) -> int:
    if by.is_staff or not by.permissions:
        raise NotPermitted(wanted="owner")
    return by.person_id


async def _choose(session: AsyncSession, by: Acting, **values: Any) -> None:
    user_id = _own(by)
    await insert_once(session, SellerHours, user_id=user_id, orders_pass=True)
    await changed(session, update(SellerHours).where(SellerHours.user_id == user_id).values(values))

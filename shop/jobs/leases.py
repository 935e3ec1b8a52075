"""Which process does a periodic task now: any number of them tick, the database lets one through."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Lease
from db.writes import changed, insert_once

SLACK = 0.1  # of a period: tickers drift, and a tick that comes a little early must not cost a whole period


async def take(
    session: AsyncSession, name: str, owner: str, *, now: datetime, ttl: timedelta, period: timedelta
) -> bool:
    """Whether `owner` may do the task now: nobody else is at it, and its last run is a period ago.

    Who died in the middle is replaced after `ttl`; what takes longer is renewed meanwhile.
    """
    values = {"owner": owner, "lease_until": now + ttl, "last_run_at": now}
    free = or_(Lease.lease_until <= now, Lease.owner == owner)
    due = or_(Lease.last_run_at.is_(None), Lease.last_run_at <= now - period * (1 - SLACK))
    if await changed(session, update(Lease).where(Lease.name == name, free, due).values(values)):
        return True
    return await insert_once(session, Lease, name=name, **values)


async def renew(session: AsyncSession, name: str, owner: str, *, now: datetime, ttl: timedelta) -> bool:
    """Hold on to a task that takes long; False when somebody else has it by now."""
    mine = (Lease.name == name, Lease.owner == owner)
    return await changed(session, update(Lease).where(*mine).values(lease_until=now + ttl)) == 1


async def give_back(session: AsyncSession, name: str, owner: str, *, last_run: datetime, now: datetime) -> None:
    """Leave the task, last done at `last_run`, to whoever ticks next."""
    mine = (Lease.name == name, Lease.owner == owner, Lease.lease_until > now)
    await changed(session, update(Lease).where(*mine).values(lease_until=now, last_run_at=last_run))

"""One at a time, where there is no row to lock: writers queue at a row of `leases` until they commit."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Lease
from db.writes import changed, insert_once


async def queue_up(session: AsyncSession, name: str, *, now: datetime) -> None:
    """Wait for whoever queued under this name before; the place is given up with the transaction."""
    mine = update(Lease).where(Lease.name == f"queue:{name}").values(last_run_at=now)
    if not await changed(session, mine):
        await insert_once(session, Lease, name=f"queue:{name}", owner="", lease_until=now)
        await changed(session, mine)

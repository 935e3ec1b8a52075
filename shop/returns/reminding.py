"""A return that waits for its seller: they are reminded of it, a few times and then no more (a flow)."""

from datetime import datetime
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Return
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.notifications.outbox import enqueue
from shop.policy import Policy
from shop.returns.moving import WANTED
from shop.returns.rule import WAITING

MOST = 3  # reminders of one step
BATCH = 100  # at one tick


async def remind(db: Database, clock: Clock, policy: Policy, *, batch: int = BATCH) -> int:
    """Remind the sellers of returns that wait for them; how many."""
    return await db.transact(partial(_remind, policy=policy, now=clock.now(), batch=batch))


async def _remind(session: AsyncSession, *, policy: Policy, now: datetime, batch: int) -> int:
    due = select(Return).where(Return.remind_at <= now).order_by(Return.remind_at, Return.id).limit(batch)
    told = 0
    for row in await session.scalars(due):
        goes_on = row.reminded + 1 < MOST and policy.return_reminder
        following = now + policy.return_reminder if goes_on else None
        mine = update(Return).where(Return.id == row.id, Return.remind_at <= now, Return.status.in_(WAITING))
        times = row.reminded + 1
        if not await changed(session, mine.values(reminded=times, remind_at=following)):
            continue
        told += await enqueue(
            session,
            user_id=row.owner_id,
            kind=WANTED,
            data={"return_id": row.id, "order_id": row.order_id, "step": row.status.value, "again": times},
            dedupe_key=f"return:{row.id}:{row.status}:again:{times}",
            now=now,
        )
    return told

"""Telling fans: so many favourites a tick, those first that were looked at longest ago, all of them in one transaction.

What one of them knows moves in the transaction that writes what they are told, and the news bears the name of the state
that it ended: two processes that look at once write it once.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Favourite, Notification, User
from db.session import Database
from shop.clock import Clock
from shop.favourites.rule import BACK, CHEAPER, Known, Standing, news
from shop.favourites.standing import standings
from shop.people import optouts

EVERY = timedelta(minutes=10)  # each is looked at
BATCH = 500  # at one tick


async def tell_fans(db: Database, clock: Clock, *, batch: int = BATCH) -> int:
    """Look at those favourites whose turn it is; how many were told something (a flow)."""
    return await db.transact(partial(_tell, now=clock.now(), batch=batch))


async def _tell(session: AsyncSession, *, now: datetime, batch: int) -> int:
    query = (
        select(Favourite, *(optouts.may_hear(kind).label(kind) for kind in (optouts.CHEAPER, optouts.BACK)))
        .join(User, User.id == Favourite.user_id)
        .where(Favourite.checked_at <= now - EVERY)
        .order_by(Favourite.checked_at, Favourite.id)
        .limit(batch)
    )
    rows = (await session.execute(query)).all()
    if not rows:
        return 0
    found = await standings(session, {row.Favourite.product_id for row in rows}, now)
    told = []
    for row in rows:
        favourite, hears = row.Favourite, {CHEAPER: row.cheaper, BACK: row.back}
        favourite.checked_at = now
        standing = found.get(favourite.product_id)
        if standing is not None:
            told += [one for one in (_look(favourite, standing, now),) if one is not None and hears[one["kind"]]]
    await session.flush()
    if told:
        await session.execute(insert(Notification), told)
    return len(told)


def _look(favourite: Favourite, standing: Standing, now: datetime) -> dict[str, Any] | None:
    """Bring one up to date; what its person is told, as a row."""
    before = Known(favourite.seen_price, favourite.told_at, favourite.is_out, favourite.back_at)
    after, kind = news(before, standing, now)
    favourite.seen_price, favourite.told_at, favourite.is_out, favourite.back_at = after
    if kind is None:
        return None
    since = before.back_at or favourite.created_at if kind == BACK else before.told_at
    return {
        "user_id": favourite.user_id,
        "staff_chat_id": 0,
        "kind": kind,
        "data": {"product_id": favourite.product_id, "old": before.price, "currency": standing.currency},
        "priority": 1,  # after what is said about orders
        "dedupe_key": f"{kind}:{favourite.id}:{before.price}:{since.isoformat()}",
        "run_at": now,
        "attempts": 0,
        "created_at": now,
    }

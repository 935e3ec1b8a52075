"""Which of a seller's orders changed lately: for who keeps a page of them open."""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus
from shop.orders.reading import SEEING
from shop.people.permissions import By, ask

OVERLAP = timedelta(seconds=30)  # a change that began earlier may be committed later: it is looked for so far back
MOST = 50  # changes of one look; a page is read anew after any of them, so that none is lost with the others


class Changes(Struct, frozen=True):
    """Orders that changed, in what state they were seen, and from where to look next."""

    seen: frozenset[tuple[int, datetime, OrderStatus]] = frozenset()
    since: datetime | None = None
    ids: tuple[int, ...] = ()


async def look(session: AsyncSession, by: By, before: Changes, *, now: datetime) -> Changes:
    """What changed since the look `before`; the first one tells nothing. One statement. Raises NotPermitted."""
    acting = ask(by, *SEEING)
    since = (before.since or now) - OVERLAP
    query = select(Order.id, Order.updated_at, Order.status).where(Order.updated_at >= since)
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    rows = (await session.execute(query.order_by(Order.updated_at.desc(), Order.id.desc()).limit(MOST))).all()
    found = frozenset((row.id, row.updated_at, row.status) for row in rows)
    newest = max((row.updated_at for row in rows), default=before.since or now)
    fresh = () if before.since is None else tuple(sorted({number for number, *_ in found - before.seen}))
    return Changes(found, max(newest, before.since or newest), fresh)

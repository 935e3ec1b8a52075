"""What is often bought with a product: counted by the schedule (listings.py), shown while it can be had."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import BoughtTogether
from shop.catalog.cards import ProductSummary
from shop.catalog.reading import pick

LOOKED_AT = 15  # of those that are bought with it most often


async def bought_with(
    session: AsyncSession, product_id: int, *, limit: int, now: datetime
) -> tuple[ProductSummary, ...]:
    """Those that are on sale and in stock, what is bought with it most often first; three queries."""
    query = select(BoughtTogether.other_id).where(BoughtTogether.product_id == product_id)
    query = query.order_by(BoughtTogether.times.desc(), BoughtTogether.other_id.desc())
    ids = list(await session.scalars(query.limit(LOOKED_AT)))
    items = await pick(session, ids, now=now) if ids else ()
    return tuple(item for item in items if item.available > 0)[:limit]

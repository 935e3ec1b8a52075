"""News that people do not want: refused and wanted again, a kind at a time.

What becomes of one's own orders, and answers to what one wrote, are no such news: nobody can refuse them.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import NewsOptout, User
from db.writes import changed, insert_once

BROADCASTS, CART, CHEAPER, BACK, REVIEWS = "broadcast", "cart", "cheaper", "back", "reviews"
KINDS = (BROADCASTS, CHEAPER, BACK, CART, REVIEWS)
OLDER = {"favourites": (CHEAPER, BACK)}  # what keys of earlier versions name
EVERY_SELLER = 0


def wants(kind: str) -> ColumnElement[bool]:
    """True of a user who did not refuse this kind of news."""
    refused = select(NewsOptout.id).where(
        NewsOptout.user_id == User.id, NewsOptout.kind == kind, NewsOptout.owner_id == EVERY_SELLER
    )
    return ~refused.correlate(User).exists()


def may_hear(kind: str) -> ColumnElement[bool]:
    """The same of a user who can be reached, too."""
    return User.reachable.is_(True) & User.telegram_id.is_not(None) & wants(kind)


async def set_wanted(
    session: AsyncSession, user: User, kind: str, *, wanted: bool, seller_id: int = EVERY_SELLER, now: datetime
) -> None:
    """More news of this kind, or no more; done twice, it is done once.

    `seller_id`: of this seller's broadcasts alone. A kind that earlier versions had is several now.
    """
    for each in OLDER.get(kind, (kind,)):
        values = {"user_id": user.id, "kind": each, "owner_id": seller_id}
        if wanted:
            await changed(session, delete(NewsOptout).filter_by(**values))
        else:
            await insert_once(session, NewsOptout, **values, created_at=now)


async def refused(session: AsyncSession, user: User) -> Collection[str]:
    """The kinds of which the person wants no news. One statement."""
    mine = select(NewsOptout.kind).where(NewsOptout.user_id == user.id, NewsOptout.owner_id == EVERY_SELLER)
    return frozenset(await session.scalars(mine))


async def refused_sellers(session: AsyncSession, user: User, *, limit: int) -> list[tuple[int, str]]:
    """Sellers (id and name) whose broadcasts they refused, the last ones first. One statement."""
    query = select(User.id, User.name).join(NewsOptout, NewsOptout.owner_id == User.id)
    mine = query.where(NewsOptout.user_id == user.id, NewsOptout.kind == BROADCASTS)
    rows = await session.execute(mine.order_by(NewsOptout.id.desc()).limit(limit))
    return [(row[0], row[1]) for row in rows]

"""News that people do not want: refused and wanted again, a kind at a time."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import NewsOptout, User
from db.writes import changed, insert_once

CART, FAVOURITES = "cart", "favourites"
KINDS = (CART, FAVOURITES)
EVERY_SELLER = 0


def may_hear(kind: str) -> ColumnElement[bool]:
    """True of a user who can be reached and did not refuse this kind of news."""
    refused = select(NewsOptout.id).where(
        NewsOptout.user_id == User.id, NewsOptout.kind == kind, NewsOptout.owner_id == EVERY_SELLER
    )
    return User.reachable.is_(True) & User.telegram_id.is_not(None) & ~refused.correlate(User).exists()


async def set_wanted(session: AsyncSession, user: User, kind: str, *, wanted: bool, now: datetime) -> None:
    """More news of this kind, or no more; done twice, it is done once."""
    values = {"user_id": user.id, "kind": kind, "owner_id": EVERY_SELLER}
    if wanted:
        await changed(session, delete(NewsOptout).filter_by(**values))
    else:
        await insert_once(session, NewsOptout, **values, created_at=now)


async def is_refused(session: AsyncSession, user: User, kind: str) -> bool:
    """Whether the person wants no news of this kind."""
    mine = {"user_id": user.id, "kind": kind, "owner_id": EVERY_SELLER}
    return await session.scalar(select(NewsOptout.id).filter_by(**mine)) is not None

"""Who wants no news: said under a broadcast, and unsaid there."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Broadcast, BroadcastRecipient, NewsOptout, User
from db.writes import changed, insert_once
from shop.people.optouts import BROADCASTS
from shop.refusals import NotFound


async def set_wanted(
    session: AsyncSession, person: User, broadcast_id: int, *, wanted: bool, now: datetime
) -> Broadcast:
    """More news, or no more, from whose broadcast this was; the broadcast. Raises NotFound for who did not get it."""
    query = select(Broadcast).join(BroadcastRecipient, BroadcastRecipient.broadcast_id == Broadcast.id)
    mine = (Broadcast.id == broadcast_id, BroadcastRecipient.user_id == person.id)
    found = await session.scalar(query.where(*mine))
    if found is None:
        raise NotFound(broadcast_id=broadcast_id)
    values = {"user_id": person.id, "kind": BROADCASTS, "owner_id": found.owner_id}
    if wanted:
        await changed(session, delete(NewsOptout).filter_by(**values))
    else:
        await insert_once(session, NewsOptout, **values, created_at=now)
    return found

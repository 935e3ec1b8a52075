"""A broadcast brought to the chat of whoever writes it, before anybody else reads it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from shop.broadcasts.keeping import look
from shop.notifications.outbox import enqueue
from shop.people.permissions import By, Permission, ask

TRIED = "broadcast_tried"


async def try_out(session: AsyncSession, by: By, broadcast_id: int, *, once: str, now: datetime) -> None:
    """Send it to oneself alone, as its readers will see it; `once` names the wish. Raises NotFound, NotPermitted."""
    acting = ask(by, Permission.PROMOTION)
    await look(session, acting, broadcast_id, now=now)
    data = {"broadcast_id": broadcast_id}
    key = f"{TRIED}:{broadcast_id}:{acting.person_id}:{once}"[:128]
    await enqueue(session, user_id=acting.person_id, kind=TRIED, data=data, dedupe_key=key, now=now)

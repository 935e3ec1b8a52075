"""News that Olga sent before you came, with what came of them; and a draft that waits for its time."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Broadcast, BroadcastRecipient, BroadcastState, RecipientState, User
from db.writes import changed
from shop import broadcasts
from shop.broadcasts import Written

AGO = timedelta(days=5)
LATER = timedelta(days=2)
TEXT = "The first harvest is here: sencha from Shizuoka. TEA10 takes ten percent off."
HTML = "<b>The first harvest is here:</b> sencha from Shizuoka. <code>TEA10</code> takes ten percent off."


async def tell(session: AsyncSession, olga: User, *, now: datetime) -> None:
    """One that reached her customers days ago, one of whom had blocked the shop; one for those who were long away."""
    then = now - AGO
    past = await broadcasts.create(session, olga, Written(TEXT, HTML), now=then)
    await broadcasts.start(session, olga, past.id, now=then)
    await broadcasts.write_page(session, broadcast_id=past.id, now=then)
    mine = BroadcastRecipient.broadcast_id == past.id
    await changed(session, update(BroadcastRecipient).where(mine).values(state=RecipientState.SENT, updated_at=then))
    last = await session.scalar(
        select(BroadcastRecipient.id).where(mine).order_by(BroadcastRecipient.id.desc()).limit(1)
    )
    blocked = update(BroadcastRecipient).where(BroadcastRecipient.id == last)
    await changed(session, blocked.values(state=RecipientState.BLOCKED))
    done = update(Broadcast).where(Broadcast.id == past.id)
    await changed(session, done.values(state=BroadcastState.DONE, listed_at=then, ended_at=then))
    waits = await broadcasts.create(session, olga, Written("We miss you. What shall we bake for you?"), now=now)
    await broadcasts.set_part(session, olga, waits.id, "quiet-90", chosen=True, now=now)
    await broadcasts.schedule(session, olga, waits.id, now + LATER, now=now)

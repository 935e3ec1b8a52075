"""A broadcast and a list that was taken in, for the shop that has everything."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    Broadcast,
    BroadcastRecipient,
    ImportChange,
    ImportRun,
    ImportState,
    NewsOptout,
    RecipientState,
)
from tests.world.clock import START


async def a_broadcast(session: AsyncSession, user_id: int, odd: str, far: datetime) -> None:
    """Write it; `odd` is a text that gets lost easily, `far` a time."""
    broadcast = Broadcast(owner_id=0, text=odd, segment=["cart", "quiet"], actor="ä", created_at=START, ended_at=far)
    session.add(broadcast)
    await session.flush()
    session.add(NewsOptout(user_id=user_id, kind="broadcast", owner_id=0, created_at=START))
    common = {"user_id": user_id, "state": RecipientState.LEFT_OUT, "updated_at": far}
    session.add(BroadcastRecipient(broadcast_id=broadcast.id, **common))
    run = ImportRun(owner_id=user_id, user_id=user_id, actor="ä", batch="b", mark="m", name=odd[:255], started_at=far)
    run.state, run.total, run.kept = ImportState.WRITTEN, 1, [{"sku": "S", "name": odd, "fields": ["price"]}]
    session.add(run)
    await session.flush()
    fields = {"before": {"name": odd}, "after": {"name": "=1"}, "stock": -3, "statement": "3 was 6"}
    session.add(ImportChange(run_id=run.id, page=0, product_id=1, created=False, **fields))
    await session.flush()

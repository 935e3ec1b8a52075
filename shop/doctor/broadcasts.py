"""Broadcasts: one that is done has nobody waiting, one that runs moves."""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Broadcast, BroadcastRecipient, BroadcastState, RecipientState
from shop.doctor.finding import Finding, some

STUCK = timedelta(hours=1)  # that a copy is on its way, or a broadcast has reached nobody


async def broadcasts_arrive(session: AsyncSession, now: datetime) -> list[Finding]:
    """Copies of a broadcast wait or are on their way only while it goes out, and none of them for long."""
    waits = BroadcastRecipient.state == RecipientState.WAITING
    sending = BroadcastRecipient.state == RecipientState.SENDING
    lost = and_(sending, BroadcastRecipient.updated_at < now - STUCK, Broadcast.state == BroadcastState.RUNNING)
    left = and_(Broadcast.state == BroadcastState.DONE, or_(waits, sending))
    query = (
        select(Broadcast.id, func.count(BroadcastRecipient.id))
        .join(BroadcastRecipient, BroadcastRecipient.broadcast_id == Broadcast.id)
        .where(or_(lost, left))
        .group_by(Broadcast.id)
        .order_by(Broadcast.id)
    )
    return [
        Finding(
            "broadcasts_arrive",
            f"broadcast {broadcast_id}",
            f"{many} copies of it are neither delivered nor given up",
            "See that a process ticks; one that ended goes on when its state is set to 'running'",
        )
        for broadcast_id, many in await some(session, query)
    ]

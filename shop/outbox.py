"""Writing down what people will be told, in the transaction that decided it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification
from db.writes import insert_once


async def enqueue(
    session: AsyncSession,
    *,
    user_id: int,
    kind: str,
    data: dict[str, Any],
    dedupe_key: str,
    run_at: datetime | None = None,
    now: datetime,
) -> bool:
    """Tell a person something, not before `run_at` (now); False when this was said under the same key before."""
    return await insert_once(
        session,
        Notification,
        user_id=user_id,
        kind=kind,
        data=data,
        dedupe_key=dedupe_key,
        run_at=run_at or now,
        attempts=0,
        created_at=now,
    )


async def find_by_message(session: AsyncSession, user_id: int, message_id: int) -> Notification | None:
    """What the message with this id in this person's chat told them: how a reply finds what it answers."""
    query = (
        select(Notification)
        .where(Notification.user_id == user_id, Notification.message_id == message_id)
        .order_by(Notification.id.desc())
        .limit(1)
    )
    return await session.scalar(query)

"""Who left is forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Departure
from shop.doctor.finding import Finding, some

LATE = timedelta(days=1)


async def who_left_is_forgotten(session: AsyncSession, now: datetime) -> list[Finding]:
    """Whoever deletes their account is forgotten within the day."""
    waits = (Departure.scrubbed_at.is_(None), Departure.left_at < now - LATE)
    query = select(Departure.user_id, Departure.left_at).where(*waits).order_by(Departure.left_at)
    return [
        Finding(
            "who_left_is_forgotten",
            f"user {user_id}",
            f"they left on {left_at:%Y-%m-%d}, and what is about them is not all removed",
            "Is the shop running? The log says what the schedule stumbled over",
        )
        for user_id, left_at in await some(session, query)
    ]

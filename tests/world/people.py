"""The people: Ann buys, Bob buys too, Eve must see nothing of Ann's, Olga and Ivan sell, Oscar operates."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.demo.cast import ANN, BOB, IVAN, OLGA, OSCAR, Someone
from db.models import User
from tests.world.clock import START

__all__ = ["ANN", "BOB", "EVE", "EVERYBODY", "IVAN", "OLGA", "OSCAR", "Someone", "user"]

EVE = Someone(1006, "Eve", "eve")
EVERYBODY = (ANN, BOB, OLGA, IVAN, OSCAR, EVE)


async def user(session: AsyncSession, who: Someone, *, now: datetime = START) -> User:
    """The row of a person, written when they are met for the first time."""
    found = await session.scalar(select(User).where(User.telegram_id == who.telegram_id))
    if found is not None:
        return found
    row = User(
        telegram_id=who.telegram_id,
        username=who.username,
        name=who.name,
        role=who.role,
        language=who.language,
        reachable=True,
        created_at=now,
        updated_at=now,
        seen_at=now,
    )
    session.add(row)
    await session.flush()
    return row

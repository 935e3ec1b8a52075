"""The people: Ann buys, Bob buys too, Eve must see nothing of Ann's, Olga and Ivan sell, Oscar operates."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Role, User
from tests.world.clock import START


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the stories, as Telegram knows them."""

    telegram_id: int
    name: str
    username: str
    language: str = "en"
    role: Role = Role.CUSTOMER


ANN = Someone(1001, "Ann", "ann")
BOB = Someone(1002, "Bob", "bob")
OLGA = Someone(1003, "Olga", "olga", role=Role.ADMIN)
IVAN = Someone(1004, "Ivan", "ivan", role=Role.ADMIN)
OSCAR = Someone(1005, "Oscar", "oscar")
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

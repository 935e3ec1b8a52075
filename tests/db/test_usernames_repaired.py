"""Databases of 1.0 may hold one username twice, in other letters: the migration leaves it to its newest holder."""

from datetime import UTC, datetime

from sqlalchemy import column, insert, select, table
from sqlalchemy.ext.asyncio import create_async_engine

from db import migrate
from db.base import Base
from db.models import User
from db.session import async_url

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
WRITTEN = ["id", "telegram_id", "username", "username_folded", "name", "role", "reachable", "created_at", "updated_at"]
# As it was: the model of today has columns, with defaults, that were not there yet.
USERS = table("users", *(column(name, Base.metadata.tables["users"].columns[name].type) for name in WRITTEN))


async def test_of_two_holders_the_newest_keeps_the_name(bare_url: str) -> None:
    await migrate.upgrade(bare_url, "0004")
    engine = create_async_engine(async_url(bare_url))
    people = [(1, "Tea", 3), (2, "tea", 5), (3, "TEA", 5), (4, "Lone", 1), (5, None, 1)]
    async with engine.begin() as connection:
        for number, name, day in people:
            await connection.execute(
                insert(USERS).values(
                    id=number,
                    telegram_id=7000 + number,
                    username=name,
                    username_folded=name.lower() if name else None,
                    name="Somebody" if number != 5 else "",
                    role="customer",
                    reachable=True,
                    created_at=MARCH,
                    updated_at=MARCH.replace(day=day),
                )
            )

    await migrate.upgrade(bare_url)

    async with engine.connect() as connection:
        rows = await connection.execute(select(User.id, User.username, User.username_folded, User.seen_at))
        found = {row[0]: tuple(row[1:]) for row in rows}
    await engine.dispose()
    assert found == {
        1: (None, None, MARCH.replace(day=3)),
        2: (None, None, MARCH.replace(day=5)),
        3: ("TEA", "tea", MARCH.replace(day=5)),
        4: ("Lone", "lone", MARCH),
        5: (None, None, None),
    }

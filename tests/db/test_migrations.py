"""Migrations lead up, down and up again on every database, and end exactly at the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from db import migrate
from db.base import Base
from db.session import async_url

PARTS = 3  # each goes to another worker, and has time enough on a busy machine


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_go_up_down_and_up_again(bare_url: str) -> None:
    engine = create_async_engine(async_url(bare_url))
    assert await migrate.current(bare_url) is None
    for _ in range(2):
        await migrate.upgrade(bare_url)
        assert await migrate.current(bare_url) == migrate.head()
        async with engine.connect() as connection:
            assert await connection.run_sync(_tables) == set(Base.metadata.tables)
        await migrate.downgrade(bare_url)
        assert await migrate.current(bare_url) is None
        async with engine.connect() as connection:
            assert await connection.run_sync(_tables) == set()
    await engine.dispose()


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_single_step_can_be_taken_back(bare_url: str, part: int) -> None:
    newest = int(migrate.head() or 0)
    first, end = (newest * border // PARTS + 1 for border in (part, part + 1))
    if part:
        await migrate.upgrade(bare_url, f"{first - 1:04d}")
    for number in range(first, end):
        await migrate.upgrade(bare_url, f"{number:04d}")
        await migrate.downgrade(bare_url, f"{number - 1:04d}" if number > 1 else "base")
        await migrate.upgrade(bare_url, f"{number:04d}")
    assert await migrate.current(bare_url) == f"{end - 1:04d}"


async def test_the_migrations_end_where_the_models_are(bare_url: str) -> None:
    await migrate.upgrade(bare_url)
    engine = create_async_engine(async_url(bare_url))
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


async def test_migrating_twice_changes_nothing(bare_url: str) -> None:
    await migrate.upgrade(bare_url)
    await migrate.upgrade(bare_url)
    assert await migrate.current(bare_url) == migrate.head()


async def test_news_that_an_earlier_version_wrote_down_is_still_told(bare_url: str) -> None:
    """A database of 1.0 with a message that waits: the column that orders are told first by must not stop it."""
    await migrate.upgrade(bare_url, "0004")
    engine = create_async_engine(async_url(bare_url))
    at = "'2026-11-01 10:00:00'"
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO users (id, name, role, reachable, created_at, updated_at) "
                f"VALUES (1, 'Olga', 'admin', true, {at}, {at})"
            )
        )
        await connection.execute(
            text(
                "INSERT INTO notifications (id, user_id, kind, data, dedupe_key, run_at, attempts, created_at) "
                f"VALUES (1, 1, 'problem', '{{}}', 'old', {at}, 0, {at})"
            )
        )
    await migrate.upgrade(bare_url)
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT priority FROM notifications"))).scalar_one() == 0
    await engine.dispose()

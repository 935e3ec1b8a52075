"""Telling without Alembic whether a database is up to date."""

from db import migrate, revisions
from db.session import Database


def test_the_newest_file_is_the_head_that_alembic_sees() -> None:
    assert revisions.newest() == migrate.head()


async def test_only_a_database_at_the_newest_revision_is_up_to_date(bare_url: str) -> None:
    database = Database(bare_url)
    try:
        assert not await revisions.is_up_to_date(database)
        await migrate.upgrade(bare_url, "0003")
        assert not await revisions.is_up_to_date(database)
        await migrate.upgrade(bare_url)
        assert await revisions.is_up_to_date(database)
    finally:
        await database.close()

"""A shop moves from any database to any other, row for row; never half."""

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from db import migrate
from db.base import Base
from db.copying import CannotCopy, copy_database
from db.copying.digest import Digest
from db.copying.ends import source
from db.copying.rows import rows_of, tables_in_order
from db.models import Category, Lease, Order
from db.session import Database, async_url
from tests.world.clock import START
from tests.world.databases import Databases
from tests.world.everything import a_big_shop, a_shop_with_everything

KINDS = ("sqlite", "postgresql", "mariadb", "sqlite")


@pytest.fixture
async def full_url(database: Database, database_url: str) -> str:
    """A database with a shop that has a row in every table."""
    async with database.begin() as session:
        await a_shop_with_everything(session)
    await database.close()
    return database_url


async def _rows(url: str) -> dict[str, list[dict[str, object]]]:
    """Everything, JSON as the text that it is."""
    async with source(url, "sqlite:///elsewhere") as reading:
        tables = tables_in_order()
        return {table.name: [row async for batch in rows_of(reading, table) for row in batch] for table in tables}


@pytest.mark.sqlite_alone
async def test_a_shop_goes_round_all_databases_and_comes_back_row_for_row(full_url: str, databases: Databases) -> None:
    """SQLite → PostgreSQL → MariaDB → SQLite, as far as they are there."""
    before = await _rows(full_url)
    assert all(before.values()), "a table without a row proves nothing"
    here = full_url
    for kind in KINDS[1:]:
        if databases.has(kind):
            there = databases.bare(kind)
            await copy_database(here, there)
            assert await _rows(there) == before
            here = there
    assert here != full_url


async def test_numbers_go_on_after_the_highest_that_was_copied(full_url: str, databases: Databases) -> None:
    for kind in dict.fromkeys(KINDS):
        if not databases.has(kind):
            continue
        there = databases.bare(kind)
        await copy_database(full_url, there)
        target = Database(there)
        async with target.begin() as session:
            highest = await session.scalar(select(func.max(Category.id)))
            row = Category(name="New", position=0)
            session.add(row)
            await session.flush()
            assert row.id == (highest or 0) + 1
        await target.close()


@pytest.mark.parametrize("filled", [True, False], ids=["a shop", "somebody else's table"])
async def test_a_target_with_rows_is_refused_and_left_alone(full_url: str, bare_url: str, filled: bool) -> None:
    engine = create_async_engine(async_url(bare_url))
    if filled:
        await migrate.upgrade(bare_url)
    async with engine.begin() as connection:
        if filled:
            await connection.execute(insert(Lease).values(name="tick", owner="me", lease_until=START))
        else:
            await connection.execute(text("CREATE TABLE guestbook (line INTEGER)"))
            await connection.execute(text("INSERT INTO guestbook VALUES (1)"))

    with pytest.raises(CannotCopy, match="leases" if filled else "guestbook"):
        await copy_database(full_url, bare_url)

    async with engine.connect() as connection:
        if filled:
            assert await connection.scalar(select(func.count()).select_from(Order)) == 0
        assert await migrate.current(bare_url) == (migrate.head() if filled else None)
    await engine.dispose()


async def test_a_copy_that_is_cut_off_leaves_nothing_and_can_be_started_again(full_url: str, bare_url: str) -> None:
    def cut_off(table: str, done: int, total: int) -> None:
        if table == "order_events" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await copy_database(full_url, bare_url, progress=cut_off)
    left = await _rows(bare_url)
    assert not any(left.values())

    await copy_database(full_url, bare_url)
    assert await _rows(bare_url) == await _rows(full_url)


async def test_a_row_that_does_not_fit_is_named_and_nothing_arrives(databases: Databases, bare_url: str) -> None:
    """SQLite takes texts of any length; the others keep to the column."""
    here = databases.empty("sqlite")
    engine = create_async_engine(async_url(here))
    async with engine.begin() as connection:
        await connection.execute(insert(Category).values(name="x" * 200, position=0))
    await engine.dispose()
    if async_url(bare_url).get_backend_name() == "sqlite":
        await copy_database(here, bare_url)
        return

    with pytest.raises(CannotCopy, match=r"(?i)too long"):
        await copy_database(here, bare_url)

    assert not any((await _rows(bare_url)).values())


@pytest.mark.sqlite_alone
async def test_what_is_no_shop_or_another_versions_is_refused(
    database_url: str, bare_url: str, databases: Databases
) -> None:
    for wrong, why in [
        ("sqlite:////nowhere/at.all", "no file"),
        (database_url, "same database"),
    ]:
        with pytest.raises(CannotCopy, match=why):
            await copy_database(wrong, database_url)
    await migrate.downgrade(database_url, "0001")
    with pytest.raises(CannotCopy, match="another version"):
        await copy_database(database_url, databases.bare("sqlite"))


def test_a_digest_sees_order_of_rows_never_and_every_difference_always() -> None:
    table = Base.metadata.tables["leases"]
    rows: list[dict[str, object]] = [
        {"name": name, "owner": "me", "lease_until": START, "last_run_at": None}
        for name in ("one", "two", "One", "öne")
    ]

    def digest(*given: dict[str, object]) -> Digest:
        made = Digest(table)
        made.add(given)
        return made

    assert digest(*rows) == digest(*reversed(rows))
    for change in (
        {"name": "one "},
        {"owner": "Me"},
        {"last_run_at": START},
        {"lease_until": START.replace(microsecond=1)},
    ):
        assert digest(*rows) != digest({**rows[0], **change}, *rows[1:])


@pytest.mark.nightly
@pytest.mark.sqlite_alone
async def test_a_big_shop_goes_round_all_databases(full_url: str, databases: Databases) -> None:
    """10,000 products and 50,000 orders."""
    engine = create_async_engine(async_url(full_url))
    async with engine.begin() as connection:
        await a_big_shop(connection, products=10_000, orders=50_000)
    await engine.dispose()
    here, first = full_url, None
    for kind in KINDS[1:]:
        there = databases.bare(kind)
        copied = await copy_database(here, there)
        first = first or copied
        assert copied == first
        here = there
    assert sum(table.rows for table in first or ()) > 10_000 * 2 + 50_000 * 4

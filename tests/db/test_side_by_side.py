"""Transactions side by side: what each database must be told so that they neither break nor hold up each other."""

import asyncio

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db import migrate
from db.models import Inventory
from db.session import Database
from tests.world.goods import a_product


async def _tea(database: Database) -> int:
    async with database.begin() as session:
        return (await a_product(session, stock=1000)).id


async def _take_one(session: AsyncSession, product_id: int) -> None:
    mine = update(Inventory).where(Inventory.product_id == product_id)
    await session.execute(mine.values(quantity_in_stock=Inventory.quantity_in_stock - 1))


@pytest.mark.server_databases
async def test_a_transaction_sees_what_others_committed_meanwhile(database: Database) -> None:
    """Guard: READ COMMITTED; MariaDB would show the first picture again and again, and decide by it."""
    tea = await _tea(database)
    query = select(Inventory.quantity_in_stock).where(Inventory.product_id == tea)
    async with database.begin() as first:
        assert await first.scalar(query) == 1000
        async with database.begin() as second:
            await _take_one(second, tea)
        assert await first.scalar(query) == 999


@pytest.mark.sqlite_alone
async def test_two_processes_may_write_to_one_file(database: Database, database_url: str) -> None:
    """Guard: BEGIN IMMEDIATE; a transaction that reads first and then wants to write fails at once without it."""
    tea = await _tea(database)
    other = Database(database_url)  # as another process has it: with a lock of its own
    query = select(Inventory.quantity_in_stock).where(Inventory.product_id == tea)
    has_read = asyncio.Event()

    async def buy() -> None:
        async with other.begin() as session:
            await session.scalar(query)
            has_read.set()
            await _take_one(session, tea)

    async with asyncio.TaskGroup() as group, database.begin() as session:
        await session.scalar(query)
        group.create_task(buy())
        with pytest.raises(TimeoutError):  # it waits for us: without the guard it reads, and then cannot write
            await asyncio.wait_for(has_read.wait(), 0.2)
        await _take_one(session, tea)
    async with other.read() as session:
        assert await session.scalar(query) == 998
    await other.close()


@pytest.mark.sqlite_alone
async def test_writers_of_one_process_are_served_in_the_order_in_which_they_came(database: Database) -> None:
    """Guard: the in-process writer lock; SQLite's own waiting is a lottery whose unlucky ones time out."""
    tea = await _tea(database)
    served: list[int] = []

    async def buy(number: int) -> None:
        async with database.begin() as session:
            await _take_one(session, tea)
            await asyncio.sleep(0.002)
            served.append(number)

    await asyncio.gather(*(buy(number) for number in range(40)))
    assert served == list(range(40))


async def test_readers_are_not_held_up_by_a_writer(database: Database) -> None:
    """Guard: readers have connections of their own on SQLite, and wait for no lock."""
    tea = await _tea(database)
    async with database.begin() as session:
        await _take_one(session, tea)
        async with asyncio.timeout(5), database.read() as reading:
            query = select(Inventory.quantity_in_stock).where(Inventory.product_id == tea)
            assert await reading.scalar(query) == 1000


async def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    """Guard: foreign_keys=ON, which SQLite forgets with every connection."""
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await session.execute(
                text("INSERT INTO inventory VALUES (404, 1, 0, 0, '2026-03-02 09:00:00')"),
            )


async def test_more_than_there_is_cannot_be_held_even_by_a_mistake(database: Database) -> None:
    """Guard: the CHECKs behind the conditional UPDATE."""
    tea = await _tea(database)
    for wrong in ({"quantity_reserved": 1001}, {"quantity_reserved": -1}):
        with pytest.raises(DBAPIError, match=r"(?i)check|constraint"):
            async with database.begin() as session:
                await session.execute(update(Inventory).where(Inventory.product_id == tea).values(wrong))


async def test_replicas_that_start_together_migrate_once(bare_url: str) -> None:
    """Guard: the migrators' lock."""
    await asyncio.gather(*(migrate.upgrade(bare_url) for _ in range(3)))
    assert await migrate.current(bare_url) == migrate.head()

"""Sessions: what is committed, what is not, and what is tried again."""

import asyncio
from contextlib import nullcontext

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Lease, User
from db.session import Database, is_transient
from db.writes import insert_once
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, user


async def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    async def stumble(session: AsyncSession) -> None:
        await user(session, ANN)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.transact(stumble)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize("nested", [False, True], ids=["plain", "inside a savepoint"])
async def test_a_lost_deadlock_is_tried_again_from_the_start(database: Database, nested: bool) -> None:
    """Two transactions take two rows in opposite orders: one loses, and its second try succeeds."""
    async with database.begin() as session:
        first = (await a_product(session, "First")).id
        second = (await a_product(session, "Second")).id
    both_hold_one = asyncio.Barrier(2) if not database.is_sqlite else None
    runs = 0

    async def take(session: AsyncSession, one: int, other: int) -> None:
        nonlocal runs
        runs += 1
        first_try = runs <= 2
        await session.execute(update(Inventory).where(Inventory.product_id == one).values(low_stock_at=1))
        if both_hold_one is not None and first_try:
            await both_hold_one.wait()
        async with session.begin_nested() if nested else nullcontext():
            await session.execute(update(Inventory).where(Inventory.product_id == other).values(low_stock_at=1))

    await asyncio.gather(
        database.transact(lambda session: take(session, first, second)),
        database.transact(lambda session: take(session, second, first)),
    )
    assert runs == (2 if database.is_sqlite else 3)


async def test_an_ordinary_error_is_not_tried_again(database: Database) -> None:
    runs = 0

    async def broken(session: AsyncSession) -> None:
        nonlocal runs
        runs += 1
        await session.execute(text("SELECT nonsense FROM nowhere"))

    with pytest.raises(DBAPIError) as caught:
        await database.transact(broken)
    assert not is_transient(caught.value)
    assert runs == 1


async def test_a_row_is_inserted_once_and_the_transaction_goes_on(database: Database) -> None:
    async with database.begin() as session:
        inserted = [
            await insert_once(session, Lease, name="tick", owner=owner, lease_until=START) for owner in ("me", "you")
        ]
        await user(session, ANN)
    assert inserted == [True, False]
    async with database.read() as session:
        assert (await session.scalars(select(Lease.owner))).all() == ["me"]
        assert await session.scalar(select(func.count()).select_from(User)) == 1


@pytest.mark.sqlite_alone
async def test_sqlite_readers_cannot_write(database: Database) -> None:
    async with database.read() as session:
        session.add(Lease(name="tick", owner="me", lease_until=START))
        with pytest.raises(DBAPIError, match="readonly"):
            await session.flush()


@pytest.mark.server_databases
async def test_mariadb_walks_along_one_index(database: Database) -> None:
    """Intersecting two took a third of a second for a page of a seller's orders, among 300,000."""
    if database.dialect != "mysql":
        return
    async with database.read() as session:
        switches = await session.scalar(text("SELECT @@optimizer_switch"))
    assert "index_merge=off" in str(switches).split(",")

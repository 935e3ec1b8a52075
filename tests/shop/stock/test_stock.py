"""Stock is never sold twice, however many want it at once."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Notification, Product, StockMovement
from db.session import Database
from shop import stock
from shop.refusals import OutOfStock, StockWouldGoNegative
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, OLGA, user

BUYERS, UNITS = 60, 8


async def _product(database: Database, units: int = UNITS, **about: int) -> Product:
    async with database.begin() as session:
        return await a_product(session, stock=units, low_stock_at=about.get("low_stock_at", 0))


async def _inventory(database: Database, product: Product) -> Inventory:
    async with database.read() as session:
        return await session.get_one(Inventory, product.id)


async def _naive_hold(session: AsyncSession, product_id: int) -> None:
    """What many shops do: read, look, write."""
    free = Inventory.quantity_in_stock - Inventory.quantity_reserved
    left = (await session.execute(select(free).where(Inventory.product_id == product_id))).scalar_one()
    await asyncio.sleep(0)  # what any real handler does between the two
    if left < 1:
        raise OutOfStock(product="", left=0, product_id=product_id)
    taken = update(Inventory).where(Inventory.product_id == product_id)
    await session.execute(taken.values(quantity_reserved=Inventory.quantity_in_stock - left + 1))


async def test_of_many_buyers_exactly_as_many_as_there_are_units_get_one(database: Database) -> None:
    product = await _product(database)

    async def buy() -> bool:
        try:
            await database.transact(lambda session: stock.hold(session, {product.id: 1}, now=START))
        except OutOfStock:
            return False
        return True

    bought = await asyncio.gather(*(buy() for _ in range(BUYERS)))
    assert sum(bought) == UNITS
    assert (await _inventory(database, product)).quantity_reserved == UNITS


async def test_the_naive_way_oversells_where_transactions_run_side_by_side(database: Database) -> None:
    """The race above is a real one: without the condition in the UPDATE it is lost (SQLite's one writer hides it)."""
    product = await _product(database)
    sold = 0

    async def buy() -> None:
        nonlocal sold
        with suppress(OutOfStock):
            async with database.begin() as session:
                await _naive_hold(session, product.id)
            sold += 1

    await asyncio.gather(*(buy() for _ in range(BUYERS)))
    if database.is_sqlite:
        assert sold == UNITS
    else:
        assert sold > UNITS


async def test_baskets_in_opposite_orders_never_wait_for_each_other(database: Database) -> None:
    """No deadlock is even tried again: the products are always taken in the order of their ids."""
    async with database.begin() as session:
        ids = [(await a_product(session, f"Tea {number}", stock=1000)).id for number in range(4)]

    async def buy(order: list[int]) -> None:
        async with database.begin() as session:
            await stock.hold(session, dict.fromkeys(order, 1), now=START)

    await asyncio.gather(*(buy(ids if number % 2 else ids[::-1]) for number in range(40)))
    async with database.read() as session:
        assert set(await session.scalars(select(Inventory.quantity_reserved))) == {40}


async def test_a_hold_is_all_or_nothing(database: Database) -> None:
    async with database.begin() as session:
        plenty, few = await a_product(session, "Plenty", stock=10), await a_product(session, "Few", stock=1)
    with pytest.raises(OutOfStock) as refused:
        await database.transact(lambda session: stock.hold(session, {plenty.id: 2, few.id: 2}, now=START))
    assert refused.value.data == {"product": "Few", "left": 1, "product_id": few.id}
    assert (await _inventory(database, plenty)).quantity_reserved == 0


async def test_more_than_was_held_cannot_be_released(session: AsyncSession) -> None:
    product = await a_product(session, stock=3)
    await stock.hold(session, {product.id: 1}, now=START)
    with pytest.raises(stock.StockMismatch):
        await stock.release(session, {product.id: 2}, now=START)


async def test_movements_add_up_to_the_stock(session: AsyncSession) -> None:
    product = await a_product(session, stock=5)
    await stock.receive(session, product, 4, actor="owner:1", note="delivery", now=START)
    await stock.correct(session, product, 7, actor="owner:1", note="two broken", now=START)
    await stock.correct(session, product, 7, actor="owner:1", note="counted again", now=START)
    deltas = list(await session.scalars(select(StockMovement.delta).order_by(StockMovement.id)))
    assert deltas == [5, 4, -2]
    assert await session.scalar(select(Inventory.quantity_in_stock)) == 7


async def test_a_count_below_what_orders_hold_is_refused(session: AsyncSession) -> None:
    product = await a_product(session, stock=5)
    await stock.hold(session, {product.id: 3}, now=START)
    with pytest.raises(StockWouldGoNegative) as refused:
        await stock.correct(session, product, 2, actor="owner:1", note=None, now=START)
    assert refused.value.data == {"product": "Green tea", "reserved": 3}
    with pytest.raises(StockWouldGoNegative):
        await stock.receive(session, product, -3, actor="owner:1", note=None, now=START)


async def test_the_seller_hears_of_low_stock_once_until_more_is_received(session: AsyncSession) -> None:
    product = await a_product(session, stock=4, low_stock_at=3)
    olga = await user(session, OLGA)

    async def told() -> list[int]:
        query = select(Notification.data).where(Notification.kind == "low_stock", Notification.user_id == olga.id)
        return [data["left"] for data in await session.scalars(query.order_by(Notification.id))]

    await stock.hold(session, {product.id: 2}, now=START)
    await stock.hold(session, {product.id: 1}, now=START)
    assert await told() == [2]
    await stock.release(session, {product.id: 3}, now=START)
    await stock.hold(session, {product.id: 1}, now=START)
    assert await told() == [2]
    await stock.receive(session, product, 1, actor="owner:1", note=None, now=START)
    await stock.hold(session, {product.id: 1}, now=START)
    assert await told() == [2, 3]


async def test_the_seller_hears_of_the_last_one_also_when_it_was_low_before(session: AsyncSession) -> None:
    scarce = await a_product(session, stock=2, low_stock_at=3)
    at_once = await a_product(session, stock=5, low_stock_at=3)
    unwatched = await a_product(session, stock=1, low_stock_at=0)

    async def told() -> list[tuple[int, int]]:
        query = select(Notification.data).where(Notification.kind == "low_stock").order_by(Notification.id)
        return [(data["product_id"], data["left"]) for data in await session.scalars(query)]

    await stock.hold(session, {scarce.id: 2}, now=START)
    await stock.hold(session, {at_once.id: 5}, now=START)
    await stock.hold(session, {unwatched.id: 1}, now=START)
    assert await told() == [(scarce.id, 0), (at_once.id, 0)]
    await stock.release(session, {scarce.id: 1}, now=START)
    await stock.hold(session, {scarce.id: 1}, now=START)
    assert len(await told()) == 2  # once, until more comes in
    await stock.receive(session, scarce, 1, actor="owner:1", note=None, now=START)
    await stock.hold(session, {scarce.id: 1}, now=START)
    assert await told() == [(scarce.id, 0), (at_once.id, 0), (scarce.id, 0)]


async def test_only_who_asked_hears_that_it_is_back_and_only_once(session: AsyncSession) -> None:
    product = await a_product(session, stock=0)
    ann, bob = await user(session, ANN), await user(session, BOB)
    await stock.watch(session, ann, product.id, now=START)
    await stock.watch(session, ann, product.id, now=START)
    await stock.watch(session, bob, product.id, now=START)
    await stock.unwatch(session, bob, product.id)
    for _ in range(2):
        await stock.receive(session, product, 1, actor="owner:1", note=None, now=START)
    told = select(Notification.user_id).where(Notification.kind == "back_in_stock")
    assert list(await session.scalars(told)) == [ann.id]


async def test_a_released_hold_brings_a_sold_out_product_back(session: AsyncSession) -> None:
    product, ann = await a_product(session, stock=1), await user(session, ANN)
    await stock.hold(session, {product.id: 1}, now=START)
    await stock.watch(session, ann, product.id, now=START)
    await stock.release(session, {product.id: 1}, now=START)
    assert await session.scalar(select(func.count()).where(Notification.kind == "back_in_stock")) == 1


async def test_what_is_sold_leaves_and_what_is_returned_comes_back(session: AsyncSession) -> None:
    product = await a_product(session, stock=5)
    await stock.hold(session, {product.id: 2}, now=START)
    await stock.sell(session, {product.id: 2}, order_id=None, actor="system:test", now=START)
    row = select(Inventory.quantity_in_stock, Inventory.quantity_reserved)
    assert (await session.execute(row)).one() == (3, 0)
    await stock.take_back(session, {product.id: 2}, order_id=None, actor="system:test", now=START)
    assert (await session.execute(row)).one() == (5, 0)

"""What one person may hold unpaid, counted where their checkouts wait for each other."""

import asyncio
from contextlib import suppress

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Order, OrderStatus, Product, User
from db.session import Database
from shop import carts, orders
from shop.policy import Policy
from shop.refusals import CartChanged, CartEmpty, TooManyUnpaid
from tests.shop.buying import check_out
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, user

FEW = Policy(max_quantity=10, max_unpaid_orders=3, max_held_units=12, max_held_lines=4)


async def _order(session: AsyncSession, buyer: User, *wanted: tuple[Product, int], policy: Policy = FEW) -> Order:
    for product, quantity in wanted:
        await carts.set_quantity(session, buyer, product.id, quantity, now=START)
    return await check_out(session, buyer, wanted[0][0], method="cash", policy=policy)


async def test_so_many_unpaid_orders_and_the_next_one_is_refused_until_one_is_cancelled(session: AsyncSession) -> None:
    ann, bob, tea = await user(session, ANN), await user(session, BOB), await a_product(session, stock=50)
    placed = [await _order(session, ann, (tea, 1)) for _ in range(3)]
    with pytest.raises(TooManyUnpaid) as refused:
        await _order(session, ann, (tea, 1))
    assert refused.value.data == {"limit": "orders", "most": 3, "alone": False}
    assert [order.id for order in await orders.list_unpaid(session, ann)] == [order.id for order in placed[::-1]]
    await _order(session, bob, (tea, 1))  # others' limits are their own

    await orders.cancel_by_customer(session, ann, placed[0].id, now=START)

    await _order(session, ann, (tea, 1))


async def test_units_and_lines_of_all_unpaid_orders_are_added_up(session: AsyncSession) -> None:
    ann = await user(session, ANN)
    goods = [await a_product(session, stock=50) for _ in range(5)]
    await _order(session, ann, (goods[0], 7))
    with pytest.raises(TooManyUnpaid) as refused:
        await _order(session, ann, (goods[0], 6))
    assert refused.value.data == {"limit": "units", "most": 12, "alone": False}
    await carts.clear(session, ann, now=START)
    with pytest.raises(TooManyUnpaid) as refused:
        await _order(session, ann, *((product, 1) for product in goods[:4]))
    assert refused.value.data["limit"] == "lines"


async def test_one_line_as_long_as_the_cart_takes_is_never_too_much(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, stock=500)
    many = replace(FEW, max_quantity=99)
    assert (await _order(session, ann, (tea, 99), policy=many)).subtotal == 99 * tea.price
    with pytest.raises(TooManyUnpaid):
        await _order(session, ann, (tea, 1), policy=many)


async def test_what_is_paid_or_over_holds_nothing(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, stock=50)
    for status in (OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.COMPLETED, OrderStatus.CANCELLED):
        order = await _order(session, ann, (tea, 1))
        session.add(order)
        order.status = status
        await session.flush()
    assert await orders.list_unpaid(session, ann) == []
    await _order(session, ann, (tea, 1))


async def test_twenty_checkouts_of_one_person_at_once_stay_within_the_limit(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=100)

    async def insist() -> None:
        for _ in range(6):
            with suppress(CartChanged, CartEmpty, TooManyUnpaid):
                await database.transact(lambda session: _order(session, ann, (tea, 2)))

    await asyncio.gather(*(insist() for _ in range(20)))

    async with database.read() as session:
        placed = await session.scalar(select(func.count()).select_from(Order))
        assert (placed, await session.scalar(select(Inventory.quantity_reserved))) == (3, 6)

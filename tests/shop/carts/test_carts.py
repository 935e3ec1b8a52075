"""The cart holds what was asked for, at today's prices, and says what changed."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CartItem, ProductKind
from db.session import Database
from shop import carts, stock
from shop.refusals import NotForSale, NotFound, OutOfStock, TooMany
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, IVAN, user


async def test_a_button_says_the_quantity_so_a_double_tap_is_harmless(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, price=450)
    await carts.set_quantity(session, ann, tea.id, 3, now=START)
    view = await carts.set_quantity(session, ann, tea.id, 3, now=START)
    line = view.line(tea.id)
    assert line is not None
    assert (line.quantity, line.line_total, line.available) == (3, 1350, 5)
    assert view.units == 3


async def test_nothing_of_a_product_leaves_an_empty_cart(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    await carts.set_quantity(session, ann, tea.id, 2, now=START)
    assert (await carts.set_quantity(session, ann, tea.id, 0, now=START)).sellers == ()
    assert (await carts.set_quantity(session, ann, tea.id, 0, now=START)).sellers == ()


async def test_looking_into_a_cart_that_was_never_filled(session: AsyncSession) -> None:
    view = await carts.look(session, await user(session, ANN), now=START)
    assert (view.cart_id, view.sellers, view.units) == (None, (), 0)


async def test_more_than_there_is_is_refused_with_what_is_left(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, stock=2)
    with pytest.raises(OutOfStock) as refused:
        await carts.set_quantity(session, ann, tea.id, 3, now=START)
    assert refused.value.data["left"] == 2
    with pytest.raises(TooMany):
        await carts.set_quantity(session, ann, tea.id, 100, limit=99, now=START)
    with pytest.raises(NotFound):
        await carts.set_quantity(session, ann, 999, 1, now=START)


async def test_a_parent_and_an_archived_product_are_not_for_sale(session: AsyncSession) -> None:
    ann = await user(session, ANN)
    scarf, variants = await a_product_with_variants(session)
    with pytest.raises(NotForSale):
        await carts.set_quantity(session, ann, scarf.id, 1, now=START)
    await carts.set_quantity(session, ann, variants[0].id, 1, now=START)
    scarf.archived_at = START
    await session.flush()
    with pytest.raises(NotForSale):
        await carts.set_quantity(session, ann, variants[1].id, 1, now=START)
    line = (await carts.look(session, ann, now=START)).line(variants[0].id)
    assert line is not None
    assert (line.sellable, line.title) == (False, "Scarf (Blue / Small)")


async def test_a_price_that_changed_is_said_until_it_was_seen(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, price=450)
    await carts.set_quantity(session, ann, tea.id, 1, now=START)
    tea.price = 500
    await session.flush()
    line = (await carts.look(session, ann, now=START)).line(tea.id)
    assert line is not None
    assert (line.price, line.seen_price, line.price_changed) == (500, 450, True)
    await carts.acknowledge_prices(session, ann, now=START)
    line = (await carts.look(session, ann, now=START)).line(tea.id)
    assert line is not None
    assert not line.price_changed


async def test_units_that_others_hold_are_not_available(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, stock=5)
    await carts.set_quantity(session, ann, tea.id, 4, now=START)
    await stock.hold(session, {tea.id: 3}, now=START)
    view = await carts.look(session, ann, now=START)
    line = view.line(tea.id)
    assert line is not None
    assert (line.available, line.enough, view.sellers[0].ready) == (2, False, False)


async def test_each_seller_and_each_kind_of_goods_is_an_order_of_its_own(session: AsyncSession) -> None:
    ann = await user(session, ANN)
    for product in (
        await a_product(session, "Tea"),
        await a_product(session, "Cup", seller=IVAN),
        await a_product(session, "Cake"),
        await a_product(session, "Tea book", kind=ProductKind.DIGITAL, currency="XTR", price=50),
    ):
        await carts.set_quantity(session, ann, product.id, 1, now=START)
    view = await carts.look(session, ann, now=START)
    assert [[line.name for line in seller.lines] for seller in view.sellers] == [["Tea", "Cake"], ["Cup"], ["Tea book"]]
    assert len({seller.key for seller in view.sellers}) == 3
    left = await carts.clear(session, ann, view.sellers[0].owner_id, now=START)
    assert [seller.owner_name for seller in left.sellers] == ["Ivan"]
    assert (await carts.clear(session, ann, now=START)).sellers == ()


async def test_two_first_taps_at_once_make_one_cart_with_one_line(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session)
    await asyncio.gather(
        *(database.transact(lambda session: carts.set_quantity(session, ann, tea.id, 2, now=START)) for _ in range(6))
    )
    async with database.read() as session:
        assert (await carts.look(session, ann, now=START)).units == 2
        assert await session.scalar(select(func.count()).select_from(CartItem)) == 1

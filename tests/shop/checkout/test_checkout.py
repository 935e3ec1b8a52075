"""A checkout becomes one order, at the prices that were seen, with its stock held."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Order, OrderStatus, Product, User
from db.session import Database
from shop import carts, checkout, orders
from shop.checkout import CheckoutSummary
from shop.policy import Policy
from shop.refusals import CartChanged, CartEmpty, NotDeliverable, OutOfStock, PriceChanged, Refusal, WrongStatus
from tests.shop.buying import HOLD, confirm, place
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, EVE, user

BERLIN = {"country_code": "DE", "city": "Berlin", "street_line1": "Teestraße 1", "post_code": "10115"}


async def _confirm(session: AsyncSession, buyer: User, summary: CheckoutSummary) -> Order:
    return await confirm(session, buyer, summary, note="Ring twice", policy=Policy())


async def _summary(session: AsyncSession, buyer: User, product: Product, quantity: int = 1) -> CheckoutSummary:
    await carts.set_quantity(session, buyer, product.id, quantity, now=START)
    return await checkout.summarise(session, buyer, product.owner_id, product.kind, now=START)


async def test_an_order_freezes_names_and_prices_and_holds_the_stock(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, price=450, stock=5)
    order = await place(session, ann, tea, 2)
    tea.price, tea.name = 999, "Other tea"
    await session.flush()
    (item,) = (await orders.get_for_customer(session, ann, order.id)).items
    assert (item.name, item.quantity, item.price) == ("Green tea", 2, 450)
    assert (order.subtotal, order.total_price, order.currency, order.expires_at) == (900, 900, "EUR", START + HOLD)
    held = select(Inventory.quantity_reserved).where(Inventory.product_id == tea.id)
    assert await session.scalar(held) == 2
    assert (await carts.look(session, ann, now=START)).sellers == ()


async def test_a_checkout_confirmed_many_times_at_once_is_one_order(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=50)
        summary = await _summary(session, ann, tea, 2)
    placed = await asyncio.gather(
        *(database.transact(lambda session: _confirm(session, ann, summary)) for _ in range(8))
    )
    assert len({order.id for order in placed}) == 1
    async with database.read() as session:
        assert len((await orders.get_for_customer(session, ann, placed[0].id)).items) == 1
        assert await session.scalar(select(func.count()).select_from(Order)) == 1
        assert await session.scalar(select(Inventory.quantity_reserved)) == 2


async def test_a_cart_that_changed_after_its_summary_is_not_ordered(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    summary = await _summary(session, ann, tea, 1)
    await carts.set_quantity(session, ann, tea.id, 4, now=START)
    with pytest.raises(CartChanged):
        await _confirm(session, ann, summary)


async def test_nobody_confirms_the_checkout_of_somebody_else(session: AsyncSession) -> None:
    ann, eve, tea = await user(session, ANN), await user(session, EVE), await a_product(session)
    summary = await _summary(session, ann, tea)
    with pytest.raises(CartChanged):
        await _confirm(session, eve, summary)
    await _confirm(session, ann, summary)
    with pytest.raises(CartChanged):
        await _confirm(session, eve, summary)


@pytest.mark.parametrize("key", ["", "x", "1.2", "999999999999999999999999.1.1.physical", "1.1.1.physical"])
async def test_a_forged_key_places_nothing(session: AsyncSession, key: str) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    summary = await _summary(session, ann, tea)
    forged = CheckoutSummary(
        summary.owner_id, summary.owner_name, summary.kind, summary.lines, summary.subtotal, summary.currency, key
    )
    with pytest.raises(Refusal):
        await _confirm(session, ann, forged)


async def test_a_price_that_moved_is_never_silently_charged(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, price=450)
    await _summary(session, ann, tea)
    tea.price = 500
    await session.flush()
    summary = await checkout.summarise(session, ann, tea.owner_id, tea.kind, now=START)
    with pytest.raises(PriceChanged) as refused:
        await _confirm(session, ann, summary)
    assert refused.value.data == {"product": "Green tea", "old": 450, "new": 500, "currency": "EUR"}


async def test_the_last_unit_goes_to_one_of_two(database: Database) -> None:
    async with database.begin() as session:
        ann, bob, tea = await user(session, ANN), await user(session, BOB), await a_product(session, stock=1)
        summaries = [(buyer, await _summary(session, buyer, tea)) for buyer in (ann, bob)]

    async def confirm(buyer: User, summary: CheckoutSummary) -> bool:
        try:
            await database.transact(lambda session: _confirm(session, buyer, summary))
        except OutOfStock:
            return False
        return True

    assert sorted(await asyncio.gather(*(confirm(*pair) for pair in summaries))) == [False, True]
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Order)) == 1
        loser = next(view for view in [await carts.look(session, who, now=START) for who in (ann, bob)] if view.sellers)
    assert loser.units == 1  # who came too late keeps the cart


async def test_an_empty_cart_is_not_ordered(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    with pytest.raises(CartEmpty):
        await checkout.summarise(session, ann, tea.owner_id, tea.kind, now=START)


async def test_shipping_changes_the_total_while_the_order_is_pending(session: AsyncSession, policy: Policy) -> None:
    ann, tea = await user(session, ANN), await a_product(session, price=450)
    order = await place(session, ann, tea, 2)
    await checkout.choose_shipping(session, order, option_id="post", address=BERLIN, policy=policy, now=START)
    assert (order.shipping, order.total_price, order.shipping_option) == (490, 1390, "post")
    vienna = {"country_code": "AT"}
    with pytest.raises(NotDeliverable):
        await checkout.choose_shipping(session, order, option_id="courier", address=vienna, policy=policy, now=START)
    order.status = OrderStatus.CANCELLED
    await session.flush()
    with pytest.raises(WrongStatus):
        await checkout.choose_shipping(session, order, option_id="post", address=BERLIN, policy=policy, now=START)

"""One product bought at once: one order a stamp, within the limits of a person, at the total that was shown."""

import asyncio

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from db.models import Cart, CartItem, Inventory, Order, Product, User
from db.session import Database
from shop import carts, doctor
from shop.checkout import Terms
from shop.checkout.buying_now import Place, Wanted, place_now, summarise_now
from shop.policy import Policy, ShippingOption
from shop.refusals import AmountMismatch, NotForSale, TooManyUnpaid
from tests.shop.buying import HOLD, ROOMY
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, user

TAPS = 8


def terms(policy: Policy = ROOMY) -> Terms:
    """Cash, at the beginning of the story."""
    return Terms(payment_method=None, note=None, policy=policy, hold=HOLD, now=START)


async def tap(database: Database, ann: User, tea: Product, stamp: int, policy: Policy = ROOMY) -> int | None:
    """The id of the order; None when it was refused."""
    try:
        async with database.begin() as session:
            wanted = Wanted(tea.id, 1, stamp)
            return (await place_now(session, ann, wanted, total=tea.price, place=None, terms=terms(policy))).id
    except TooManyUnpaid:
        return None


async def test_many_taps_on_one_screen_are_one_order_and_many_screens_keep_the_limit(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=50)
        await carts.set_quantity(session, ann, tea.id, 3, now=START)
        version = await session.scalar(select(Cart.version))
    taps = await asyncio.gather(*(tap(database, ann, tea, 7) for _ in range(TAPS)))
    assert len(set(taps)) == 1

    few = replace(ROOMY, max_unpaid_orders=2)
    others = await asyncio.gather(*(tap(database, ann, tea, 10 + number, few) for number in range(TAPS)))
    assert len([order for order in others if order is not None]) == 1

    async with database.read() as session:
        assert await session.scalar(select(func.count(Order.id))) == 2
        assert await session.scalar(select(Inventory.quantity_reserved)) == 2
        assert list(await session.scalars(select(CartItem.quantity))) == [3]
        assert await session.scalar(select(Cart.version)) == version  # a summary of the cart still stands
        assert await doctor.check(session, now=START) == []


@pytest.mark.one_database
async def test_the_total_is_the_one_that_was_shown(database: Database) -> None:
    post = ShippingOption("post", "Post", 490)
    policy = replace(ROOMY, shipping=(post,))
    place = Place({"country_code": "DE", "city": "Berlin"}, "post")
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, price=450)
        with pytest.raises(AmountMismatch):
            await place_now(session, ann, Wanted(tea.id, 2, 1), total=900, place=place, terms=terms(policy))
    async with database.begin() as session:
        order = await place_now(session, ann, Wanted(tea.id, 2, 2), total=1390, place=place, terms=terms(policy))
        assert (order.total_price, order.shipping_title) == (1390, "Post")


@pytest.mark.one_database
async def test_what_must_be_chosen_first_is_not_sold(database: Database) -> None:
    async with database.begin() as session:
        ann = await user(session, ANN)
        scarf, kinds = await a_product_with_variants(session)
        with pytest.raises(NotForSale):
            await summarise_now(session, ann, Wanted(scarf.id, 1, 1), now=START)
        summary = await summarise_now(session, ann, Wanted(kinds[0].id, 1, 1), now=START)
        assert summary.lines[0].title == "Scarf (Blue / Small)"

"""Olga gives a line's money back and, if she says so, puts its goods back into stock: never more than were sold."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Inventory, MovementReason, OrderItem, StockMovement
from shop.payments import giving
from shop.payments.giving import Wish
from shop.people.permissions import Acting, Permission
from shop.refusals import Refusal
from tests.world.goods import a_category, a_product
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop


async def three_teas(shop: OpenShop) -> None:
    """Ann bought three of nine."""
    async with shop.db.begin() as session:
        await a_product(session, "Sencha", sku="TEA", price=900, stock=9, category=await a_category(session, "Tea"))
    for guest in (shop.olga, shop.ann):
        await guest.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Sencha", "Add to cart", "in the cart", "+", "+", "Check out")
    await shop.ann.taps("here in the chat")
    assert (await shop.ann.pays()).state == "paid"
    await shop.tick()


async def in_stock(shop: OpenShop) -> int:
    async with shop.db.read() as session:
        return (await session.scalars(select(Inventory.quantity_in_stock))).one()


async def test_the_goods_of_a_line_go_back_into_stock_when_she_says_so(shop: OpenShop) -> None:
    await three_teas(shop)
    await shop.olga.says("/order 1")
    await shop.olga.taps("Money of this order", "Give a line back", "3 × Sencha", "1 ×")
    await shop.olga.taps("They go back into stock")
    assert "✅ 📦 They go back into stock" in shop.olga.keyboard
    await shop.olga.taps("They go back into stock")
    assert "▫️ 📦 They go back into stock" in shop.olga.keyboard
    await shop.olga.taps("They go back into stock", "Give €9.00 back")
    assert "Back in stock:\n1 × Sencha" in shop.olga.text
    assert await in_stock(shop) == 7

    await shop.olga.taps("Money of order 1", "Give a line back", "2 × Sencha", "1 ×", "Give €9.00 back")
    assert "Back in stock" not in shop.olga.text
    assert await in_stock(shop) == 7

    await shop.olga.says("/refund 1 restock")  # all that is left: what she kept out comes back, too, and nothing twice
    await shop.olga.taps("Give")
    assert await in_stock(shop) == 9
    await shop.keeps_its_promises()
    assert shop.incidents() == []


@pytest.mark.every_database
async def test_units_given_back_at_the_same_moment_come_back_once_each(shop: OpenShop) -> None:
    await three_teas(shop)
    async with shop.db.read() as session:
        olga = await user(session, OLGA)
        item_id = (await session.scalars(select(OrderItem.id))).one()
    by = Acting(olga.id, olga.id, frozenset(Permission))

    async def give(number: int) -> bool:
        wish = Wish.of(by, 1, key=f"tap {number}")
        wish = Wish(1, by.actor, None, True, "refunded", by.only, wish.key, item_id, 1)
        try:
            await shop.db.transact(
                lambda session: giving.decide(session, wish, shop.front.providers, now=shop.clock.now())
            )
        except Refusal:
            return False
        return True

    assert sum(await asyncio.gather(*(give(number) for number in range(8)))) == 3
    async with shop.db.read() as session:
        returned = (StockMovement.reason == MovementReason.RETURNED,)
        assert sum(await session.scalars(select(StockMovement.delta).where(*returned))) == 3
    assert await in_stock(shop) == 9
    await shop.tick()
    await shop.keeps_its_promises()

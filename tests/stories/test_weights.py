"""Goods have a weight, and sending them costs by it: shown before the money, and what is too heavy is said at once."""

import pytest
from sqlalchemy import select

from db.models import Order, Product
from tests.stories.test_an_order import BERLIN
from tests.stories.test_list_in_chat import sends
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.guests import Guest
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def opened(shop: OpenShop) -> None:
    """Tea of 350 g and a pot of 3 kg; the post takes up to 5 kg, and there is no other way."""
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Green tea", sku="TEA", price=450, stock=50, category=tea)
        await a_product(session, "Iron pot", sku="POT", price=4500, stock=9, category=tea)
    for guest in (shop.olga, shop.ann, shop.oscar):
        await guest.says("/start")
    await weighs(shop.olga, "TEA", "350 g")
    await weighs(shop.olga, "POT", "3 kg")
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Shipping", "Ways to ship", "Post", "Change")
    await shop.oscar.says("Post; much: 4.90; DE")
    assert "“much: 4.90” is no weight and price" in shop.oscar.text
    await shop.oscar.says("Post; 1 kg: 4.90, 5 kg: 7,90; DE")
    await shop.oscar.taps("Post")
    assert "Up to 1 kg: €4.90\nUp to 5 kg: €7.90" in shop.oscar.text
    await shop.oscar.taps("Back", "Courier", "Offer it no more")


async def weighs(olga: Guest, sku: str, weight: str) -> None:
    """Olga says what a product weighs."""
    await olga.says(f"/edit {sku}")
    await olga.taps("Weight")
    await olga.says("quite a lot")
    assert "Write a weight like 350 g or 1.2 kg." in olga.text
    await olga.says(weight)
    assert f"Weight: {weight}" in olga.text


async def test_the_price_of_sending_follows_the_weight_and_is_what_is_paid(shop: OpenShop) -> None:
    await opened(shop)
    ann = shop.ann
    await ann.says("/start p_1")
    assert "Shipping: from €4.90" in ann.text
    await ann.taps("Add to cart", "in the cart", "Check out")
    assert "Shipping: Post — €4.90 (for 350 g)" in ann.text
    await ann.taps("here in the chat")
    paid = await ann.pays(option="post", address=BERLIN)
    assert (paid.state, paid.total) == ("paid", 450 + 490)

    await ann.says("/start p_2")
    await ann.taps("Buy now")
    assert "Post — €7.90" in ann.text
    await ann.taps("Cash on delivery")
    async with shop.db.read() as session:
        order = await session.get_one(Order, 2)
    assert (order.weight, order.shipping, order.total_price) == (3000, 790, 4500 + 790)
    await shop.olga.says("/accept 2")
    await shop.keeps_its_promises()


async def test_what_is_too_heavy_is_ordered_by_nobody_and_is_told_what_to_do(shop: OpenShop) -> None:
    await opened(shop)
    ann = shop.ann
    await ann.says("/start p_2")
    await ann.taps("Add to cart", "+", "in the cart", "Check out")
    assert "This weighs 6 kg, and we send at most 5 kg at once. Please order less" in ann.toast
    await ann.taps("−", "Check out")
    assert "Post — €7.90 (for 3 kg)" in ann.text
    await shop.bob.says("/start p_2")
    await shop.bob.taps("Buy now", "+")
    assert "This weighs 6 kg" in shop.bob.toast
    async with shop.db.read() as session:
        assert list(await session.scalars(select(Order.id))) == []


async def test_a_list_brings_weights_and_a_variant_has_its_products_weight(shop: OpenShop) -> None:
    await opened(shop)
    async with shop.db.begin() as session:
        parent, (small, large, *_) = await a_product_with_variants(session, "Tin")
        parent.weight, large.weight = 900, 1400
        small_id, large_id = small.id, large.id
    for product_id, weight in ((small_id, "900 g"), (large_id, "2.3 kg")):
        await shop.ann.says(f"/start p_{product_id}")
        await shop.ann.taps("Add to cart", "in the cart", "Check out")
        assert f"(for {weight})" in shop.ann.text
    await sends(shop.olga, "sku,weight\nTEA,0.4 kg\nPOT,\n")
    await shop.olga.taps("Take it in")
    await shop.tick()
    async with shop.db.read() as session:
        weights = {row.sku: row.weight for row in await session.execute(select(Product.sku, Product.weight))}
    assert (weights["TEA"], weights["POT"]) == (400, None)

"""A seller makes a code, customers use it: typed with blanks, by a link, and given back by cancelling."""

import pytest

from shop import doctor
from simulator.telegram.wire import JsonObject
from tests.world.goods import a_product
from tests.world.people import IVAN, OLGA, user
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database

HOME: JsonObject = {
    "country_code": "DE",
    "state": "",
    "city": "Berlin",
    "street_line1": "Kannenweg 3",
    "street_line2": "",
    "post_code": "10115",
}


async def test_a_code_from_the_line_that_makes_it_to_the_order_that_uses_it(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await user(session, OLGA)
        tea = await a_product(session, "Sencha", price=1000, stock=50)
    await shop.olga.says("/start")
    await shop.olga.says("/promo")
    await shop.olga.taps("New promotion")
    await shop.olga.says("TEA10 10% banana")
    assert "banana" in shop.olga.newest
    await shop.olga.says("TEA10 10% until 31.12. min 5 limit 1")
    assert "start=promo_TEA10" in shop.olga.newest
    await shop.olga.says("/promo new auto free shipping min 15")

    await shop.ann.says("/start promo_tea10")
    assert "TEA10" in shop.ann.newest
    await shop.ann.says(f"/start p_{tea.id}")
    await shop.ann.taps("Add to cart", "in the cart")
    assert "TEA10: −€1.00" in shop.ann.newest
    await shop.ann.taps("Check out", "✕ TEA10")
    assert "TEA10" not in shop.ann.newest
    await shop.ann.taps("Check out", "Promo code")
    await shop.ann.says("tea 10")
    await shop.ann.taps("Check out")
    assert "€9.00" in shop.ann.newest
    await shop.ann.taps("here in the chat")
    assert (await shop.ann.pays(option="post", address=HOME)).state == "paid"
    await shop.ann.says("/orders")
    await shop.ann.taps("Sencha")
    assert "Discount, TEA10: −€1.00" in shop.ann.newest
    await _gives_the_line_back(shop)

    await shop.bob.says(f"/start p_{tea.id}")
    await shop.bob.taps("Add to cart", "in the cart", "Promo code")
    await shop.bob.says("t e a 11")
    assert "There is no code" in shop.bob.newest
    await shop.bob.says(" tea 10 ")
    assert "used up" in shop.bob.newest
    await shop.bob.says("/cart")
    await shop.bob.taps("+")
    assert "shipping is free" in shop.bob.newest
    await shop.bob.taps("Check out", "here in the chat")
    assert (await shop.bob.pays(option="post", address=HOME)).state == "paid"
    await shop.bob.says("/orders")
    await shop.bob.taps("Sencha")
    assert "post: free (auto free shipping min 15)" in shop.bob.newest.lower()

    await shop.olga.says("/promo")
    await shop.olga.taps("TEA10")
    assert "1 / 1" in shop.olga.newest
    await shop.olga.taps("Stop")
    assert "Stopped" in shop.olga.newest
    await _says_what_it_was_used_for(shop)
    async with shop.db.read() as session:
        assert await doctor.check(session, now=shop.clock.now()) == []


async def _says_what_it_was_used_for(shop: OpenShop) -> None:
    """By a key and by a command; other sellers learn nothing of it."""
    await shop.olga.taps("Orders that used it")
    assert "1 · " in shop.olga.text
    assert "−€1.00, paid €13.90" in shop.olga.text
    by_key = shop.olga.text
    await shop.olga.says("/promo uses tea 10")
    assert shop.olga.text == by_key
    await shop.olga.taps("🧾 1")
    assert "🧾 Order 1" in shop.olga.text
    await shop.olga.says("/promo uses TEA11")
    assert "not here any more" in shop.olga.newest
    await shop.ivan.says("/promo uses TEA10")
    assert "€13.90" not in shop.ivan.newest


async def _gives_the_line_back(shop: OpenShop) -> None:
    """What was paid for it, and once: the discount was never paid."""
    await shop.olga.says("/order 1")
    assert "Discount, TEA10: −€1.00" in shop.olga.text
    await shop.olga.taps("Money of this order", "Give a line back", "1 × Sencha · €9.00")
    assert "For 1 × Sencha.\n\nIts share of the discount, €1.00" in shop.olga.text
    await shop.olga.taps("Give €9.00 back", "Money of order 1", "Give a line back")
    assert "No line is left" in shop.olga.text


async def test_a_code_of_another_seller_is_said_to_count_for_nothing_here_and_can_be_taken_out(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await user(session, OLGA)
        pot = await a_product(session, "Pot", price=2000, stock=5, seller=IVAN)
    await shop.olga.says("/start")
    await shop.olga.says("/promo new TEA10 10%")
    await shop.ann.says(f"/start p_{pot.id}")
    await shop.ann.taps("Add to cart", "in the cart", "Promo code")
    await shop.ann.says("tea10")
    assert "TEA10 is not for these goods" in shop.ann.newest
    await shop.ann.says("/cart")
    assert "TEA10 is not for these goods" in shop.ann.newest
    await shop.ann.taps("✕ TEA10")
    assert "TEA10" not in shop.ann.newest

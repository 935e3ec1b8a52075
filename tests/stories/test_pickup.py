"""Goods that are collected: nobody is asked for an address."""

import pytest

from db.models import Order
from tests.stories.test_an_order import opened
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database
SHOP = "Our shop, Kannenweg 3"


async def test_who_collects_gives_no_address_whatever_the_way_to_pay(shop: OpenShop) -> None:
    ann, oscar, olga = shop.ann, shop.oscar, shop.olga
    await opened(shop)
    await oscar.says("/settings")
    await oscar.taps("Shipping", "Ways to ship", "Add a way")
    await oscar.says(f"{SHOP}; 0; pickup")
    await oscar.taps(SHOP)
    assert "Customers collect it" in oscar.text

    await ann.says("/start")
    await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "Cash on delivery")
    assert f"🏬 {SHOP}" in ann.keyboard
    assert "Germany" in ann.keyboard
    await ann.taps(f"🏬 {SHOP}")
    assert f"Shipping, {SHOP}" in ann.text
    await ann.taps("✏️ Change the address")
    await ann.says("Norway")
    assert "We do not deliver to Norway." in ann.text
    await ann.taps(f"🏬 {SHOP}", "Order now")
    await shop.settle()
    await shop.tick()
    assert SHOP in olga.newest
    assert "Germany" not in olga.newest

    await ann.says("/start")
    await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "here in the chat")
    await ann.taps(f"🏬 {SHOP}", "Order now")
    assert (await ann.pays()).state == "paid"
    await shop.tick()
    async with shop.db.read() as session:
        paid = await session.get_one(Order, 2)
    assert (paid.shipping, paid.address) == (0, {"name": "Ann", "state": "", "street_line2": ""})
    await olga.says("/complete 2")
    await shop.tick()
    await shop.keeps_its_promises()


async def test_a_shop_that_sends_nothing_asks_where_it_is_collected(shop: OpenShop) -> None:
    ann, oscar = shop.ann, shop.oscar
    await opened(shop)
    await oscar.says("/settings")
    await oscar.taps("Shipping", "Ways to ship", "Add a way")
    await oscar.says(f"{SHOP}; 0; pickup")
    for way in ("Post", "Courier"):
        await oscar.taps(way, "Offer it no more")

    await ann.says("/start")
    await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "Cash on delivery")
    assert "where will you collect it?" in ann.text
    await ann.says("Berlin")
    assert "where will you collect it?" in ann.text
    await ann.taps(f"🏬 {SHOP}")
    assert "Order now" in "".join(ann.keyboard)

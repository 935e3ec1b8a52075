"""Ann buys once more what she liked: one tap on the old order, and what is dearer or gone is said."""

import pytest

from tests.payments.tea import sell_tea, to_checkout
from tests.stories.test_an_order import BERLIN
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_a_past_order_fills_the_cart_in_one_tap(shop: OpenShop) -> None:
    await shop.olga.says("/start")
    await sell_tea(shop)
    await to_checkout(shop)
    assert len([row for row in shop.ann.screen.keyboard or () if row]) <= 6
    await shop.ann.taps("here in the chat")
    await shop.ann.pays(option="post", address=BERLIN)
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·")
    assert "🔁 Buy again" not in shop.ann.keyboard  # it is not even sent
    await shop.olga.says("/complete 1")
    await shop.olga.taps("Complete")
    await shop.olga.says("/price TEA 5.20")
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·", "Buy again")

    assert "1 × Green tea — €5.20" in shop.ann.text
    assert "The price was €4.50, now it is €5.20." in shop.ann.text
    assert len([row for row in shop.ann.screen.keyboard or () if row]) <= 6
    await shop.olga.says("/restock TEA =0")
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·", "Buy again")
    assert "Green tea cannot be had any more" in shop.ann.text

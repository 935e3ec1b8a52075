"""Ann likes a tea: she hears when it is cheaper and when it is back, until she wants no more of it."""

import pytest

from tests.payments.tea import sell_tea
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_ann_likes_hears_and_refuses(shop: OpenShop) -> None:
    await shop.olga.says("/start")
    await sell_tea(shop)
    await shop.ann.says("/start p_1")
    await shop.ann.taps("♡")
    assert "♥" in shop.ann.keyboard
    assert "Among your favourites" in shop.ann.toast
    await shop.olga.says("/price TEA 4.00")
    await shop.passes(minutes=30)
    assert "Green tea is cheaper: €4.50 €4.00" in shop.ann.newest

    await shop.ann.taps("No news of these")
    assert "hear no more" in shop.ann.toast
    await shop.olga.says("/restock TEA =0")
    await shop.passes(minutes=30)
    await shop.olga.says("/restock TEA =7")
    await shop.passes(minutes=30)
    assert "Green tea is back, for €4.00." in shop.ann.newest
    await shop.ann.taps("No news of these")
    assert "hear no more" in shop.ann.toast
    assert "Cheaper favourites: off" in shop.ann.text
    assert "Favourites that are back: off" in shop.ann.text
    await shop.olga.says("/price TEA 3.00")
    await shop.passes(minutes=30)
    assert not shop.ann.sees("€4.00 €3.00")

    await shop.ann.says("/favourites")
    await shop.ann.taps("News you get", "On: Cheaper favourites")
    await shop.ann.says("/favourites")
    await shop.ann.taps("Green tea", "♥", "Back")
    assert "Nothing here yet" in shop.ann.text

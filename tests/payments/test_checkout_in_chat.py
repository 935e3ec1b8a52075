"""People buy in the chat: by card, by Stars, on a page, for cash; and what they see when it does not work."""

import pytest

from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def tea(shop: OpenShop, stock: int = 5) -> None:
    """Green tea on the shelf, for 4.50 €."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", price=450, stock=stock, category=await a_category(session, "Tea"))


async def to_checkout(shop: OpenShop) -> None:
    """Ann puts a tea into her cart and opens the checkout."""
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out")


async def test_ann_pays_by_card_in_the_chat(shop: OpenShop) -> None:
    await tea(shop)
    await to_checkout(shop)
    assert "4.50" in shop.ann.text
    assert "Post €4.90" in shop.ann.text

    await shop.ann.taps("Card, here in the chat")
    sheet = await shop.ann.pays(option="post")

    assert sheet.state == "paid"
    assert sheet.total == 940
    assert "Thank you" in shop.ann.newest
    assert "9.40" in shop.ann.newest
    await shop.tick()
    await shop.keeps_its_promises()

"""A catalogue that came from another shop's export is sold in the chat, though its pictures cannot be fetched."""

from pathlib import Path

from app.config.policy import policy
from shop.importing import import_file
from tests.world.shop import OpenShop

EXPORTS = Path(__file__).parents[1] / "shop" / "importing" / "shopify"


async def test_imported_goods_are_found_chosen_and_bought(shop: OpenShop) -> None:
    for name in ("clothes.csv", "garden.csv"):
        report = await import_file(shop.db, EXPORTS / name, policy=policy(shop.config), clock=shop.clock)
        assert report.applied
    ann = shop.ann
    await ann.says("/start")

    await ann.taps("Catalogue", "Jackets", "Rain Jacket", "Moss", "L")
    assert "taped seams" in ann.text
    await ann.taps("Regular", "Add to cart")
    await ann.taps("Home", "Catalogue", "Outdoor")
    assert any("Oak Bench · sold out" in label for label in ann.keyboard)
    await ann.taps("Clay Pot", "Large")
    assert "€15.99" in ann.text
    await ann.taps("Add to cart", "Cart", "Check out", "here in the chat")
    sheet = await ann.pays(option="post")

    assert (sheet.state, sheet.total) == ("paid", 12000 + 1599 + 490)
    await shop.keeps_its_promises()

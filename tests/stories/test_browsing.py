"""Ann looks around: categories, a product, its variants, the cart."""

from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop


async def test_ann_walks_from_the_door_to_a_product(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Green tea", price=450, stock=2, category=tea)

    await shop.ann.says("/start")
    assert "Ann" in shop.ann.text

    await shop.ann.taps("Catalogue", "Tea", "Green tea")
    assert "4.50" in shop.ann.text

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


async def test_the_newest_come_first_where_somebody_wants_them_so_page_by_page(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Tea")
        for number in range(14):
            await a_product(session, f"Tea {number:02}", category=shelf)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Sort and filter", "Newest first")
    seen = [label.split(" · ")[0] for label in shop.ann.keyboard if label.startswith("Tea ")]
    await shop.ann.taps("Next")
    second = [label.split(" · ")[0] for label in shop.ann.keyboard if label.startswith("Tea ")]
    assert seen + second == [f"Tea {13 - number:02}" for number in range(12)]
    await shop.ann.taps(second[2], "Back")
    assert [label.split(" · ")[0] for label in shop.ann.keyboard if label.startswith("Tea ")] == second
    await shop.ann.taps("Next", "Previous", "Previous")
    assert [label.split(" · ")[0] for label in shop.ann.keyboard if label.startswith("Tea ")] == seen
    await shop.ann.taps("Sort and filter", "Oldest first")
    assert any(label.startswith("Tea 00") for label in shop.ann.keyboard)

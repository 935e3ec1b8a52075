"""Everything has a link: a product, a category, an order; it opens the thing itself, for who may see it."""

from tests.stories.test_an_order import BERLIN
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop


async def test_ann_shares_a_product_and_a_category_and_bob_comes_for_the_first_time(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Tea")
        tea = await a_product(session, "Green tea", category=shelf)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "↗️")
    assert shop.ann.screen.photo, "a QR code"
    assert f"https://t.me/test_shop_bot?start=c_{shelf.id}" in shop.ann.text
    assert shop.ann.keyboard == ["📋 Copy the link", "↗️ Send to a chat", "‹ Back", "🏠 Home"]
    await shop.ann.taps("Back", "Green tea", "Share")
    assert f"https://t.me/test_shop_bot?start=p_{tea.id}" in shop.ann.text
    await shop.ann.taps("Back")
    assert "Green tea" in shop.ann.text

    await shop.bob.says(f"/start p_{tea.id}")
    assert "Green tea" in shop.bob.text
    await shop.bob.says(f"/start c_{shelf.id}")
    assert any("Green tea" in label for label in shop.bob.keyboard)


async def test_the_link_of_an_order_opens_for_its_customer_alone(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_product(session, "Green tea")
    await shop.ann.says(f"/start p_{tea.id}")
    await shop.ann.taps("Add to cart", "in the cart", "Check out", "here in the chat")
    await shop.ann.pays(option="post", address=BERLIN)
    await shop.tick()
    await shop.ann.says("/myorders")
    await shop.ann.taps("Being prepared", "↗️")
    assert "https://t.me/test_shop_bot?start=order_1" in shop.ann.text
    await shop.ann.says("/start order_1")
    assert "Order 1" in shop.ann.text

    await shop.bob.says("/start order_1")
    assert "Order 1" not in shop.bob.text
    await shop.bob.says("/start")
    await shop.bob.forges("hs:o:1")
    assert "order_1" not in shop.bob.text
    assert shop.bob.toast == "There is no order 1 here."

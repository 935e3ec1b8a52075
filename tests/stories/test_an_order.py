"""Ann orders, Olga ships, the scheduler tells, Ann reviews: the whole story, and what may go wrong on the way."""

from db.models import Order, OrderStatus
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

BERLIN = {
    "country_code": "DE",
    "state": "",
    "city": "Berlin",
    "street_line1": "Teestraße 1",
    "street_line2": "",
    "post_code": "10115",
}


async def stocked(shop: OpenShop, **about: int) -> int:
    """Green tea on the shelf; its id."""
    async with shop.db.begin() as session:
        return (await a_product(session, "Green tea", price=450, category=await a_category(session, "Tea"), **about)).id


async def into_the_cart(shop: OpenShop) -> None:
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart")


async def test_debug(shop: OpenShop) -> None:
    await stocked(shop)
    await into_the_cart(shop)
    print(shop.ann.text, shop.ann.keyboard)
    await shop.ann.taps("Order")
    print(shop.ann.text, shop.ann.keyboard)
    await shop.ann.taps("Card")
    print(shop.ann.newest)
    print(shop.ann.text, shop.ann.keyboard)

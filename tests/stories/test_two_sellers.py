"""One cart, several sellers and two currencies: an order for each, and nothing mixed up."""

from sqlalchemy import select

from db.models import Order, OrderStatus, ProductKind
from db.money import STARS
from tests.stories.test_an_order import BERLIN
from tests.world.goods import a_category, a_product
from tests.world.people import IVAN
from tests.world.shop import OpenShop


async def filled(shop: OpenShop) -> None:
    """Ann's cart: a tea of Olga's, a scarf of Ivan's, and a map that Olga sells for Stars."""
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Shelf")
        await a_product(session, "Green tea", price=450, stock=5, category=shelf)
        await a_product(session, "Scarf", price=2900, stock=5, seller=IVAN, category=shelf)
        await a_product(
            session,
            "Map",
            price=50,
            stock=5,
            category=shelf,
            kind=ProductKind.DIGITAL,
            currency=STARS,
            content="https://maps.example/1",
        )
    for guest in (shop.olga, shop.ivan, shop.ann):
        await guest.says("/start")
    for name in ("Green tea", "Scarf", "Map"):
        await shop.ann.says(name)
        await shop.ann.taps(name, "Add to cart")


async def test_a_mixed_cart_becomes_an_order_a_seller_and_a_currency(shop: OpenShop) -> None:
    await filled(shop)
    await shop.ann.says("/cart")
    assert "In all: €33.50 + ⭐\N{NO-BREAK SPACE}50\nYou order and pay separately for each" in shop.ann.text

    await shop.ann.taps("Check out with Olga · €4.50")
    assert "2 more orders wait in your cart." in shop.ann.text
    await shop.ann.taps("here in the chat")
    assert (await shop.ann.pays(option="post", address=BERLIN)).state == "paid"
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out with Olga · ⭐")
    assert "It is delivered here in the chat at once." in shop.ann.text
    await shop.ann.taps("Continue")
    assert (await shop.ann.pays()).state == "paid"
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out · €29.00", "Cash on delivery", "📍", "Courier", "Order now")
    await shop.tick()

    assert shop.ann.sees("https://maps.example/1")
    await shop.ann.says("/cart")
    assert "Your cart is empty." in shop.ann.text
    assert shop.ivan.sees("Scarf")
    assert not shop.ivan.sees("Green tea —")
    async with shop.db.read() as session:
        orders = list(await session.scalars(select(Order).order_by(Order.id)))
    assert [(order.currency, order.total_price) for order in orders] == [("EUR", 940), (STARS, 50), ("EUR", 3890)]
    assert orders[2].status is OrderStatus.PENDING
    await shop.keeps_its_promises()


async def test_what_one_seller_took_off_sale_stops_only_that_order(shop: OpenShop) -> None:
    await filled(shop)
    await shop.olga.says("/products")
    await shop.olga.taps("Green tea", "Take off sale")

    await shop.ann.says("/cart")
    assert "Not for sale any more." in shop.ann.text
    await shop.ann.taps("Check out with Ivan")
    assert "Scarf" in shop.ann.text
    await shop.ann.taps("here in the chat")
    assert (await shop.ann.pays(option="post", address=BERLIN)).state == "paid"
    await shop.ann.says("/cart")
    assert "Green tea" in shop.ann.text
    await shop.keeps_its_promises()

"""A shelf with green tea on it, and the way from there to the checkout."""

from sqlalchemy import select

from db.models import Order
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop


async def sell_tea(shop: OpenShop, stock: int = 5) -> None:
    """Green tea on the shelf, for 4.50 €."""
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Tea")
        await a_product(session, "Green tea", sku="TEA", price=450, stock=stock, category=shelf)


async def to_checkout(shop: OpenShop) -> None:
    """Ann puts a tea into her cart and opens the checkout."""
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out")


async def orders_with_note(shop: OpenShop) -> str | None:
    """Ann orders what is in her cart, for cash; the note that goes with it."""
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out", "Cash on delivery")
    async with shop.db.read() as session:
        return (await session.scalars(select(Order.note))).one()

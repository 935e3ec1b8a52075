"""A copy of a product has what it is, and nothing of what happened to it."""

import asyncio

from sqlalchemy import func, select

from db.models import Inventory, Product, ProductPhoto, StockMovement
from db.session import Database
from shop.products import publish
from shop.products.duplicate import duplicate
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import OLGA, user

LATER = START.replace(hour=20)


async def test_two_taps_at_once_make_one_copy(database: Database) -> None:
    """Fails when the copy is not made by whoever moves the product's mark."""
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA")

    async def tap() -> bool:
        async with database.begin() as session:
            olga = await user(session, OLGA)
            return await duplicate(session, olga, tea.id, seen=tea.updated_at, now=LATER) is not None

    assert sorted(await asyncio.gather(*(tap() for _ in range(4)))) == [False, False, False, True]
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == 2


async def test_a_copy_has_no_stock_no_stars_and_no_sale(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA", stock=7, image_url="https://shop.test/tea.jpg")
        tea.rating_sum, tea.rating_count, tea.sale_price = 9, 2, 300
        olga = await user(session, OLGA)
        await session.flush()
        copy = await duplicate(session, olga, tea.id, seen=tea.updated_at, now=LATER)
        assert copy is not None
        await publish(session, olga, copy.id, now=LATER)
    async with database.read() as session:
        found = await session.get(Product, copy.id)
        stock = await session.get(Inventory, copy.id)
        moved = await session.scalar(select(func.count()).where(StockMovement.product_id == copy.id))
    assert found is not None
    assert stock is not None
    assert (found.sku, found.name, found.price) == ("TEA-COPY", "Sencha", tea.price)
    assert (found.image_url, found.category_id) == (tea.image_url, tea.category_id)
    assert (found.rating_count, found.sale_price, found.archived_at) == (0, None, None)
    assert (stock.quantity_in_stock, moved) == (0, 0)


async def test_a_copy_has_every_picture_in_its_order(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA", image_url="1.jpg")
        session.add_all(
            ProductPhoto(product_id=tea.id, position=place, image_url=f"{place + 1}.jpg") for place in (1, 2)
        )
        await session.flush()
        copy = await duplicate(session, await user(session, OLGA), tea.id, seen=tea.updated_at, now=LATER)
        assert copy is not None
    async with database.read() as session:
        mine = select(ProductPhoto.image_url).where(ProductPhoto.product_id == copy.id).order_by(ProductPhoto.position)
        assert list(await session.scalars(mine)) == ["2.jpg", "3.jpg"]

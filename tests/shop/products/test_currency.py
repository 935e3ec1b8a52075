"""A shop is not opened in a currency that its goods or its open orders do not have."""

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product
from shop.products.currency import ForeignGoods, check_currency
from tests.shop.buying import place
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, user


async def test_goods_on_sale_and_open_orders_in_another_currency_are_named(session: AsyncSession) -> None:
    tea = await a_product(session, stock=10, sku="TEA")
    await a_product(session, stock=10, sku="MUG")
    await place(session, await user(session, ANN), tea, 2)

    with pytest.raises(ForeignGoods, match="2 products on sale and 1 unpaid orders have prices in EUR") as raised:
        await check_currency(session, "JPY")
    await check_currency(session, "EUR")

    assert "Write EUR there again" in str(raised.value)


async def test_what_is_off_sale_and_what_is_sold_for_stars_is_in_nobodys_way(session: AsyncSession) -> None:
    archived = await a_product(session, stock=1, sku="OLD")
    stars = await a_product(session, stock=1, sku="STARS")
    await session.execute(update(Product).where(Product.id == archived.id).values(archived_at=START))
    await session.execute(update(Product).where(Product.id == stars.id).values(currency="XTR"))

    await check_currency(session, "JPY")

"""What a product's page says beside its price: what sending it costs, and that a download is one."""

from collections.abc import AsyncGenerator

import pytest

from app.config.shop import Shipping
from db.models import ProductKind
from tests.world.clock import ManualClock
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database
WAYS = (Shipping(id="fast", title="Fast", price="11.90"), Shipping(id="post", title="Post", price="4.90", days="2–4"))


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    async with open_shop(database_url, clock, shipping=WAYS) as opened:
        yield opened


async def test_the_cheapest_way_of_shipping_and_its_days_are_said(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await a_product(session, "Mug", price=900, category=await a_category(session, "Cups"))
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Cups", "Mug")

    assert "Shipping: from €4.90 (2–4 days)" in shop.ann.text


async def test_a_download_is_bought_once_and_talks_of_no_stock(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        shelf, kind = await a_category(session, "Books"), ProductKind.DIGITAL
        await a_product(session, "Guide", price=50, stock=2, currency="XTR", kind=kind, content="x", category=shelf)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Books", "Guide")
    assert "· Download" in shop.ann.text
    assert "left" not in shop.ann.text
    assert "Shipping" not in shop.ann.text
    await shop.ann.taps("Add to cart")

    assert "+" not in shop.ann.keyboard
    await shop.ann.taps("Take it out")
    assert "🛒 Add to cart" in shop.ann.keyboard

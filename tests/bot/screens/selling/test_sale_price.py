"""A seller reduces a product for a while; customers see the old price struck through, and the new one on time."""

import pytest

from bot.screens.parts.goods import struck
from bot.screens.selling.products.buttons import SetSale
from db.models import Product
from db.session import Database
from tests.bot.conftest import Meet
from tests.world.clock import ManualClock
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, IVAN, OLGA

pytestmark = pytest.mark.one_database


async def test_a_sale_in_one_line_is_seen_everywhere_until_its_last_day_is_over(
    meet: Meet, database: Database, clock: ManualClock
) -> None:
    async with database.begin() as session:
        await a_product(session, "Sencha", sku="TEA 1", price=1200, stock=9)
    olga, ann = meet(OLGA), meet(ANN)
    await olga.says("/sale TEA 1 9.90 until 4.3.")
    assert "The sale is set" in olga.text
    assert "€12.00 €9.90 · 9 in stock" in olga.text
    assert "Sale price: €9.90 · to Mar 4, 2026" in olga.text

    await ann.says("/catalogue")
    await ann.taps("Tea")
    assert f"Sencha · {struck('€12.00')} €9.90" in ann.keyboard
    await ann.taps("Sencha")
    assert "€12.00 €9.90 · In stock" in ann.text
    assert "Reduced until Mar 4, 2026" in ann.text
    await ann.taps("Add to cart", "in the cart")
    assert "1 × Sencha — €12.00 €9.90" in ann.text
    await ann.says("sencha")
    assert f"Sencha · {struck('€12.00')} €9.90" in ann.keyboard

    clock.pass_by(days=3)
    await ann.says("/catalogue")
    await ann.taps("Tea")
    assert "Sencha · €12.00" in ann.keyboard
    await ann.says("/cart")
    assert "The price was €9.90, now it is €12.00." in ann.text
    await olga.says("/products")
    await olga.taps("Sencha")
    assert "Sale price:" not in olga.text


async def test_a_sale_by_keys_asks_what_and_until_when_and_ends_by_a_key(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product_with_variants(session, "Scarf", price=2900)
    olga = meet(OLGA)
    await olga.says("/products")
    await olga.taps("Scarf", "Sale price")
    assert "for all its variants" in olga.text
    await olga.says("free")
    assert "“free”" in olga.text
    await olga.says("29")
    assert "less than the price" in olga.text
    await olga.taps("−20 %")
    assert "Sale: −20 %" in olga.text
    await olga.taps("Begin later")
    await olga.says("1.1.2020")
    assert "That day is past." in olga.text
    await olga.taps("Tomorrow")
    assert "from Mar 3, 2026" in olga.text
    await olga.says("2.3.2026")
    assert "That day is past." in olga.text
    assert "A week · to Mar 9" in olga.keyboard
    await olga.taps("A week")
    assert "3 variants have a sale price" in olga.text
    await olga.taps("Blue / Small")
    assert "Sale price: €23.20 · from Mar 3, 2026 · to Mar 9, 2026" in olga.text
    await olga.taps("Sale price", "End the sale")
    assert "The sale is over." in olga.text
    await olga.says("/sale scarf")
    assert "There is no SKU" in olga.text


async def test_nobody_reduces_what_is_not_theirs_and_a_forged_key_reduces_nothing(
    meet: Meet, database: Database
) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", price=1200)
    for guest in (meet(IVAN), meet(ANN), meet(OLGA)):
        await guest.says("/start")
    for guest in (meet(IVAN), meet(ANN)):
        await guest.forges(SetSale(tea.id, 100).pack())
    for amount, last in ((1200, None), (-100, None), (0, None), (990, 1), (990, 10**9)):
        await meet(OLGA).forges(SetSale(tea.id, amount, None, last).pack())
    async with database.read() as session:
        assert (await session.get_one(Product, tea.id)).sale_price is None

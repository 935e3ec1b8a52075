"""Nothing on a screen grows with the shop, and nothing that a client sends is an incident."""

import pytest

from bot.sending.markup import MOST_KEYS
from db.models import Category
from tests.world.goods import a_product
from tests.world.shop import OpenShop

MANY = 130


async def test_every_one_of_very_many_categories_can_be_reached(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        session.add_all(Category(id=number, name=f"Aisle {number}", position=number) for number in range(1, MANY + 1))
        await session.flush()
        for number in range(1, MANY + 1):
            product = await a_product(session, f"Thing {number}", sku=f"T-{number}")
            product.category_id = number
    await shop.ann.says("/catalogue")
    found: set[str] = set()
    while True:
        keys = [label for label in shop.ann.keyboard if "Aisle" in label]
        assert 0 < len(keys) <= MOST_KEYS
        found |= set(keys)
        if not any("Next" in label for label in shop.ann.keyboard):
            break
        await shop.ann.taps("Next")

    assert len(found) == MANY
    await shop.ann.taps(f"Aisle {MANY}", "Back")
    assert any(label.endswith(f"Aisle {MANY}") for label in shop.ann.keyboard)


@pytest.mark.parametrize("link", ["p_" + "9" * 20, "order_" + "9" * 23, "paid_\0", "p_-1", "p_" + "1" * 300])
async def test_a_link_with_a_number_of_nobody_is_no_incident(shop: OpenShop, link: str) -> None:
    await shop.ann.says(f"/start {link}")

    assert "went wrong" not in shop.ann.text


@pytest.mark.parametrize(
    "data", ["sr:a\0b::", "p:" + "z" * 50, "pl:cash:" + "9" * 25 + ".1.2.physical", "c:" + "9" * 200]
)
async def test_a_forged_button_is_no_incident(shop: OpenShop, data: str) -> None:
    await shop.ann.says("/start")

    await shop.ann.forges(data)

    assert "went wrong" not in shop.ann.text


async def test_a_price_in_a_line_may_carry_its_currency(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await a_product(session, "Blue vase", sku="BLUE-VASE")

    await shop.olga.says("/price BLUE-VASE 17,50 €")

    assert "€17.50" in shop.olga.text
    await shop.olga.says("/price BLUE-VASE 1e999990")
    assert "cannot read" in shop.olga.text

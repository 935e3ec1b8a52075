"""Ann has two homes: the shop knows both, she chooses at the checkout, corrects one and forgets one."""

import pytest
from sqlalchemy import select

from db.models import Order
from tests.payments.tea import sell_tea, to_checkout
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_ann_chooses_corrects_and_forgets(shop: OpenShop) -> None:
    await sell_tea(shop, stock=50)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Courier")
    await shop.ann.says("/addresses")
    assert shop.ann.keyboard[0] == "📍 Lindenallee 7, Berlin, Ann Example ★"
    await shop.ann.taps("New address")
    await shop.ann.says("Österreich")
    await shop.ann.says("Bea Example")
    await shop.ann.taps("Back", "Keep ›")
    for line in ("Ring 1", "1010 Wien"):
        await shop.ann.says(line)
    assert any("Ring 1, Wien" in label for label in shop.ann.keyboard)

    await to_checkout(shop)  # from the cart
    await shop.ann.taps("Cash on delivery", "Ring 1", "Order now")
    await shop.ann.says("/start p_1")  # and at once
    await shop.ann.taps("Buy now")
    assert "Lindenallee 7" in shop.ann.text
    assert "Courier — €9.90" in shop.ann.text  # the way that this address was used with
    await shop.ann.taps("📍 Another", "Ring 1", "Cash on delivery")

    await shop.ann.says("/addresses")
    await shop.ann.taps("Ring 1", "Make it the usual one", "Ring 1", "Change", "Keep ›", "Keep ›")
    await shop.ann.says("Ring 2")
    await shop.ann.taps("Keep ›")
    assert shop.ann.keyboard[0] == "📍 Ring 2, Wien, Bea Example ★"
    await shop.ann.taps("Ring 2", "Forget it", "Forget it")
    assert shop.ann.keyboard[0] == "📍 Lindenallee 7, Berlin, Ann Example ★"

    async with shop.db.read() as session:
        went = [order.address or {} for order in await session.scalars(select(Order).order_by(Order.id))]
    assert [place["street_line1"] for place in went] == ["Lindenallee 7", "Ring 1", "Ring 1"]
    await shop.keeps_its_promises()


async def test_a_form_that_was_left_waits_and_many_addresses_are_paged(shop: OpenShop) -> None:
    await sell_tea(shop)
    for number in range(1, 7):
        await shop.ann.says("/addresses")
        await shop.ann.taps("New address", "Germany")
        for line in ("Ann Example", f"Ring {number}", "10115 Berlin"):
            await shop.ann.says(line)
    assert len(shop.ann.screen.keyboard or ()) <= 7
    await shop.ann.taps("Next")
    assert any("Ring 2" in label for label in shop.ann.keyboard)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "More addresses", "Next", "Ring 2")
    assert "Ring 2" in shop.ann.text
    await shop.ann.says("/addresses")
    await shop.ann.taps("New address", "Germany")
    await shop.ann.says("/start")
    await shop.ann.taps("Go on: your address")
    assert "Who receives it" in shop.ann.text or "which country" in shop.ann.text.lower()

"""Yen have no decimals, dinars have three, and every room counts them alike: chat, Telegram, Stripe, refunds, tips."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from app.config import shop as settings
from simulator.stripe import Buyer, Shipping
from tests.world.clock import ManualClock
from tests.world.goods import a_category
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database
YEN: dict[str, Any] = {
    "currency": "JPY",
    "shipping": (settings.Shipping(id="post", title="Post", price="700"),),
    "tips": ("100", "300"),
    "max_tip": "500",
}
DINARS: dict[str, Any] = {"currency": "KWD", "shipping": (settings.Shipping(id="post", title="Post", price="1.250"),)}


@pytest.fixture
async def tokyo(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    async with open_shop(database_url, clock, **YEN) as opened:
        yield opened


@pytest.fixture
async def kuwait(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    async with open_shop(database_url, clock, **DINARS) as opened:
        yield opened


async def to_checkout(shop: OpenShop, price: str) -> None:
    """Olga sells tea at this price, Ann puts one into her cart and opens the checkout."""
    async with shop.db.begin() as session:
        await a_category(session, "Tea")
    await shop.olga.says(f"/addproduct Green tea; {price}; 5; Tea")
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea")
    await shop.ann.taps("Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out")


async def test_yen_in_the_chat_with_a_tip_and_a_refund_of_a_part(tokyo: OpenShop) -> None:
    await to_checkout(tokyo, "1500")
    assert "¥1,500" in tokyo.ann.text

    await tokyo.ann.taps("Card, here in the chat")
    sheet = await tokyo.ann.pays(option="post", tip=300)

    assert (sheet.state, sheet.total) == ("paid", 1500 + 700 + 300)
    assert "¥2,500" in tokyo.ann.newest
    await tokyo.tick()
    await tokyo.olga.says("/refund 1 800")
    await tokyo.olga.taps("💸 Give")
    await tokyo.olga.says("/refund 1 0.5")
    assert "Write the amount after the number" in tokyo.olga.newest
    await tokyo.tick()
    assert tokyo.ann.sees("¥800 of order 1 went back to you")
    assert [refund.amount for refund in tokyo.simulator.stripe.account.refunds.values()] == [800]
    await tokyo.keeps_its_promises()


async def test_dinars_on_stripes_page_and_a_refund_of_a_part(kuwait: OpenShop) -> None:
    """Telegram takes no dinars, and the customer hears it in words; Stripe wants their last digit to be 0."""
    await to_checkout(kuwait, "12.340")
    assert "12.340" in kuwait.ann.text

    await kuwait.ann.taps("Card, here in the chat")
    assert "Telegram cannot take" in kuwait.ann.text
    assert "Nothing was charged" in kuwait.ann.text
    assert not any("in the chat" in label for label in kuwait.ann.keyboard)  # it would be refused again
    await kuwait.ann.taps("Card, on a secure page")
    (session_id,) = kuwait.simulator.stripe.account.sessions
    session = kuwait.simulator.stripe.account.sessions[session_id]
    home = Shipping("Ann", {"line1": "Street 1", "city": "Salmiya", "postal_code": "20001", "country": "KW"})
    kuwait.simulator.stripe.pay(session_id, buyer=Buyer(shipping=home))
    await kuwait.ann.taps("I have paid")

    assert session.currency == "kwd"
    assert "13.590" in kuwait.ann.text
    await kuwait.olga.says("/refund 1 0.750")
    await kuwait.olga.taps("💸 Give")
    await kuwait.tick()
    assert kuwait.ann.sees("0.750 of order 1 went back to you")
    assert [refund.amount for refund in kuwait.simulator.stripe.account.refunds.values()] == [750]
    await kuwait.keeps_its_promises()

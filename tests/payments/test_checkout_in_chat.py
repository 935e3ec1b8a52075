"""People buy in the chat: by card, by Stars, on a page, for cash; and what they see when it does not work."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from app.config.shop import Schedule
from db.models import Order, PaymentAttempt, ProductKind
from tests.payments.tea import orders_with_note, sell_tea, to_checkout
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_ann_pays_by_card_in_the_chat(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    assert "4.50" in shop.ann.text
    assert "Post — €4.90" in shop.ann.text

    await shop.ann.taps("Card, here in the chat")
    sheet = await shop.ann.pays(option="post")

    assert sheet.state == "paid"
    assert sheet.total == 940
    assert "Thank you" in shop.ann.newest
    assert "9.40" in shop.ann.newest
    await shop.tick()
    await shop.keeps_its_promises()


async def test_a_declined_card_costs_nothing_and_can_be_tried_again(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Card, here in the chat")

    declined = await shop.ann.pays("declined", option="post")
    paid = await shop.ann.pays(option="courier")

    assert declined.state == "declined"
    assert (paid.state, paid.total) == ("paid", 1440)
    await shop.tick()
    await shop.keeps_its_promises()


async def test_a_country_that_nobody_ships_to_is_said_in_words(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Card, here in the chat")
    paris = {"country_code": "FR", "state": "", "city": "Paris", "street_line1": "Rue 3", "street_line2": ""}

    sheet = await shop.ann.pays(address={**paris, "post_code": "75001"})

    assert sheet.state != "paid"
    assert "do not deliver to France" in sheet.error


async def test_a_note_travels_with_the_order(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)

    await shop.ann.taps("Add a note")
    await shop.ann.says("Ring twice")
    assert "Ring twice" in shop.ann.text
    await shop.ann.says("green")  # a search, not another note

    assert await orders_with_note(shop) == "Ring twice"


async def test_a_double_tap_on_a_way_to_pay_places_one_order(shop: OpenShop) -> None:
    """Guard: the unique checkout key, and the one live attempt of an order."""
    await sell_tea(shop)
    await to_checkout(shop)
    data = shop.ann.callback_data("Card, here in the chat")

    await shop.ann.forges(data, hurried=True)
    await shop.ann.forges(data, hurried=True)
    await shop.ann.forges(data)

    async with shop.db.read() as session:
        assert len(list(await session.scalars(select(Order)))) == 1
        assert len(list(await session.scalars(select(PaymentAttempt)))) == 1
    assert (await shop.ann.pays(option="post")).state == "paid"


async def test_an_invoice_of_a_finished_order_is_refused_before_it_charges(shop: OpenShop) -> None:
    """Guard: the gate before the charge (a second invoice for the same order is harmless)."""
    await sell_tea(shop)
    await to_checkout(shop)
    data = shop.ann.callback_data("Card, here in the chat")
    await shop.ann.forges(data)
    await shop.ann.forges(data)

    first = await shop.ann.pays(option="post")
    second = await shop.ann.pays(option="post", again=True)

    assert first.state == "paid"
    assert second.state != "paid"
    assert "paid already" in second.error


async def test_a_book_is_bought_for_stars_and_comes_at_once(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Books")
        kind = ProductKind.DIGITAL
        await a_product(session, "Tea book", price=250, currency="XTR", kind=kind, content="KEY-77", category=shelf)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Books", "Tea book", "Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out", "Continue")

    sheet = await shop.ann.pays()
    await shop.tick()

    assert (sheet.state, sheet.total) == ("paid", 250)
    assert shop.ann.sees("KEY-77")
    await shop.olga.says("/refund 1")
    await shop.olga.taps("💸 Give")
    await shop.tick()
    assert shop.ann.sees("went back to you")
    await shop.keeps_its_promises()


async def test_the_last_tea_goes_to_ann_and_bob_hears_it_before_he_pays(shop: OpenShop) -> None:
    await sell_tea(shop, stock=1)
    await to_checkout(shop)
    await shop.bob.says("/start")
    await shop.bob.taps("Catalogue", "Tea", "Green tea", "Add to cart")
    await shop.bob.says("/cart")
    await shop.ann.taps("Card, here in the chat")

    await shop.bob.taps("Check out")
    await shop.ann.pays(option="post")

    assert "sold out" in shop.bob.toast
    await shop.keeps_its_promises()


async def test_a_page_in_the_browser_pays_and_the_message_becomes_the_card(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)

    await shop.ann.taps("Card, on a secure page")
    assert "which country" in shop.ann.text  # the page could not offer each country its own options
    await shop.ann.taps("Austria")
    await shop.ann.says("Ann Example")
    await shop.ann.says("Ring 1")
    await shop.ann.says("1010 Wien")
    assert "Shipping, Post: €4.90" in shop.ann.text
    await shop.ann.taps("Order now · €9.40")
    await shop.ann.taps("I have paid")
    assert shop.ann.sees("No payment has arrived yet")
    assert "Open the payment page" in shop.ann.keyboard[0]  # who tapped too early can still pay
    (session_id,) = shop.simulator.stripe.account.sessions
    assert "Shipping, Post" in str(shop.simulator.stripe.account.sessions[session_id])
    shop.simulator.stripe.pay(session_id)
    await shop.ann.taps("Check again")

    assert "secure page — paid" in shop.ann.text
    await shop.tick()
    await shop.olga.says("/refund 1 1.50")
    await shop.olga.taps("💸 Give")
    await shop.tick()
    assert shop.ann.sees("€1.50 of order 1 went back")
    await shop.keeps_its_promises()


async def test_goods_stay_held_for_the_margin_after_an_invoice_can_no_longer_be_paid(shop: OpenShop) -> None:
    """Guard: `schedule.payment_margin` is added to how long an invoice holds its goods (fifteen minutes here)."""
    shop.config = replace(shop.config, schedule=Schedule(payment_margin=timedelta(minutes=40)))
    await shop.reopen()
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Card, here in the chat")

    await shop.passes(minutes=54)
    assert not shop.ann.sees("was not paid in time")
    await shop.passes(minutes=2)
    assert shop.ann.sees("was not paid in time")
    await shop.keeps_its_promises()

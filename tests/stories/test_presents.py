"""Ann sends a present: to Bea, with a message, without prices, however she pays; and nothing of it is left too long."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.screens.selling.orders import packing_views
from bot.words import words_for
from db.models import Address, Order, Receipt
from shop.orders import packing
from shop.policy import Policy
from shop.privacy.retention import keep_in_bounds
from tests.payments.tea import sell_tea, to_checkout
from tests.world.guests import Guest
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database

MESSAGE = "Happy birthday,\nyour Ann <3"
BEA = ("Bea Example", "Ring 1", "10117 Berlin")


async def wraps(guest: Guest, message: str = MESSAGE) -> None:
    """Turn what is on the summary into a present."""
    await guest.taps("🎁")
    assert "up to 300 letters" in guest.text
    await guest.says(message)
    assert "🎁 A present:\nHappy birthday,\nyour Ann <3" in guest.text


async def says_to_whom(guest: Guest, *, keep: str) -> None:
    """Bea's address, and whether to keep it."""
    await guest.taps("Germany")
    for line in BEA:
        await guest.says(line)
    assert "Keep this address" in guest.text
    await guest.taps(keep)


async def the_orders(shop: OpenShop) -> list[Order]:
    """All there are, oldest first."""
    async with shop.db.read() as session:
        return list(await session.scalars(select(Order).order_by(Order.id)))


async def test_a_present_for_cash_from_the_cart_to_the_parcel(shop: OpenShop) -> None:
    await sell_tea(shop, stock=50)
    for person in (shop.olga, shop.oscar):
        await person.says("/start")
    await to_checkout(shop)
    assert len(shop.ann.screen.keyboard or ()) <= 6
    await wraps(shop.ann)
    assert len(shop.ann.screen.keyboard or ()) <= 6
    await shop.ann.taps("🎁 A present ✓", "No present")
    assert "🎁 A present:" not in shop.ann.text
    await wraps(shop.ann)
    await shop.ann.taps("Cash on delivery")
    assert "to which country does the present go" in shop.ann.text
    await says_to_whom(shop.ann, keep="Keep it as Bea Example")
    assert "🎁 A present for Bea Example:\nHappy birthday,\nyour Ann <3" in shop.ann.text
    await shop.ann.taps("Order now")
    await shop.tick()
    assert "🎁 A present for Bea Example" in shop.olga.text
    await shop.olga.taps("Accept")
    await shop.tick()
    assert shop.ann.sees("Order 1")

    async with shop.db.begin() as session:
        found = await packing.to_pack(session, await user(session, OLGA))
        page = repr(packing_views.paper(words_for("en"), found.parcels).pages[0])
        assert "A present for Bea Example" in page
        assert f"text={MESSAGE!r}, big=True" in page
        assert "€" not in page
        kept = (await session.scalars(select(Address))).one()
        assert (kept.label, kept.is_default) == ("Bea Example", False)

    # the next order is no present, and goes to nobody but Ann unless she says so
    await shop.ann.says("/orders")
    await shop.ann.taps("Green tea")
    assert "🎁 A present for Bea Example" in shop.ann.text
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now")
    assert "Ring 1" not in shop.ann.text
    await to_checkout(shop)
    assert "🎁 A present:" not in shop.ann.text
    await shop.keeps_its_promises()


@pytest.mark.parametrize("way", ["here in the chat", "on a secure page"])
async def test_where_a_form_of_the_provider_would_ask_the_chat_asks_for_the_receiver(shop: OpenShop, way: str) -> None:
    """Guard: Telegram's form, and each page, suggests the name and the address of who pays."""
    await sell_tea(shop, stock=50)
    await to_checkout(shop)
    await wraps(shop.ann)
    await shop.ann.taps(way)
    await says_to_whom(shop.ann, keep="Only this time")
    await shop.ann.taps("Order now")
    if way == "here in the chat":
        assert not any(sent.invoice.need_address for sent in shop.ann.chat.said if sent.invoice)
        assert (await shop.ann.pays()).state == "paid"
    else:
        (session_id,) = shop.simulator.stripe.account.sessions
        shop.simulator.stripe.pay(session_id)
        await shop.ann.taps("I have paid")

    (order,) = await the_orders(shop)
    assert (order.address or {})["name"] == "Bea Example"
    assert order.present == MESSAGE
    async with shop.db.read() as session:
        assert list(await session.scalars(select(Address))) == []
        receipt = (await session.scalars(select(Receipt))).one()
    assert receipt.content["buyer"] == {"name": "Ann"}  # who paid, not who is given something
    await shop.keeps_its_promises()


async def test_bought_at_once_to_an_address_that_was_kept(shop: OpenShop) -> None:
    await sell_tea(shop, stock=50)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Post")  # Ann's own address
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now")
    await wraps(shop.ann)
    assert "Lindenallee" not in shop.ann.text  # a present does not go to herself by itself
    await shop.ann.taps("🎁 A present ✓", "Without a message", "Cash on delivery")
    await says_to_whom(shop.ann, keep="Keep it as")
    await shop.ann.taps("Order now")

    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now", "🎁", "Without a message", "To whom", "🎁 Bea Example")
    assert "Ring 1" in shop.ann.text
    await shop.ann.taps("Cash on delivery")  # it was all on the screen
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now")
    assert "Lindenallee" in shop.ann.text
    went = [((order.address or {}).get("street_line1"), order.present) for order in await the_orders(shop)]
    assert went == [("Lindenallee 7", None), ("Ring 1", ""), ("Ring 1", "")]

    await shop.ann.says("/addresses")
    assert [label[:6] for label in shop.ann.keyboard[:2]] == ["📍 Lind", "🎁 Bea "]


async def test_what_was_tapped_on_an_older_summary_is_shown_first(shop: OpenShop) -> None:
    """Guard: nothing is ordered as a present that was not shown as one, nor the other way round."""
    await sell_tea(shop, stock=50)
    await to_checkout(shop)
    old, data = shop.ann.screen, shop.ann.callback_data("Cash on delivery")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out")
    await wraps(shop.ann)
    await shop.ann.forges(data, on=old)

    assert await the_orders(shop) == []
    assert "🎁 A present:" in shop.ann.text


async def test_too_long_is_said_and_what_is_long_fits(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("🎁")
    await shop.ann.says("x" * 301)
    assert "301 letters; 300 fit" in shop.ann.text
    await shop.ann.says("ö" * 300)
    await shop.ann.taps("Cash on delivery")
    (order,) = await the_orders(shop)
    assert order.present == "ö" * 300


async def test_the_message_goes_with_the_other_texts_of_the_order(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await wraps(shop.ann)
    await shop.ann.taps("Cash on delivery")
    await says_to_whom(shop.ann, keep="Only this time")
    await shop.ann.taps("Order now")
    await shop.ann.says("/orders")
    await shop.ann.taps("Green tea", "Cancel the order", "Cancel the order")
    shop.clock.pass_by(days=40)
    await keep_in_bounds(shop.db, shop.clock, Policy(keep_orders=timedelta(days=30)))

    (order,) = await the_orders(shop)
    assert (order.present, order.address) == ("", None)
    await shop.ann.says("/orders")
    await shop.ann.taps("Green tea")
    assert "🎁 A present" in shop.ann.text

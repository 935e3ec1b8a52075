"""Keys that come too late and commands that cannot be obeyed: the order as it is now, and what can be done about it."""

import pytest
from sqlalchemy import update

from db.models import Inventory, Order, ProductKind
from simulator.telegram.messages import Message
from tests.stories.test_an_order import BERLIN, bought, opened, placed
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop


def notice(guest: Guest, words: str) -> Message:
    """The message on show that says this."""
    return next(message for message in guest.chat.said if words in message.words)


async def cash_placed(shop: OpenShop) -> int:
    """Ann has ordered tea and pays when it comes; Olga was told. The product's id."""
    tea = await opened(shop)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "Cash")
    await shop.ann.says_where("Post")
    await shop.tick()
    return tea


async def test_a_late_tap_on_ship_shows_what_the_order_is_now(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    message = notice(shop.olga, "New order")
    late = shop.olga.callback_data("🚚 Ship")
    await shop.olga.says("/ship 1 LX1")

    await shop.olga.taps_data(late, on=message)

    assert "🚚 On its way" in message.words
    assert "🎉 Complete" in message.labels
    assert not any("Ship" in label for label in message.labels)
    assert shop.olga.chat.toasts[-1].text == "Order 1 is already on its way."
    assert not shop.olga.chat.toasts[-1].alert


@pytest.mark.parametrize("data", ["sa:1", "sm:1", "ss:1:0", "ss:1:1", "sc:1", "sx:1:0", "sx:1:1", "ma:1:0:1"])
async def test_no_key_of_an_order_answers_with_nothing_but_words(shop: OpenShop, data: str) -> None:
    await opened(shop)
    await placed(shop)
    await shop.ann.says("/myorders")
    await shop.ann.taps("Waiting for payment", "Cancel the order", "Cancel the order")
    for guest in (shop.olga, shop.oscar):
        await guest.says("/orders 1")
        assert "✕ Cancelled" in guest.screen.words

        await guest.forges(data)

        assert "rder 1" in guest.screen.words
        assert "Cancelled" in guest.screen.words or "Money of order 1" in guest.screen.words
        assert "Order 1" in guest.chat.toasts[-1].text


async def test_cancelling_twice_alarms_nobody(shop: OpenShop) -> None:
    await opened(shop)
    await placed(shop)
    await shop.ann.says("/myorders")
    await shop.ann.taps("Waiting for payment", "Cancel the order")
    again = shop.ann.callback_data("Cancel the order")
    await shop.ann.taps("Cancel the order")

    await shop.ann.forges(again)

    assert "You cancelled it." in shop.ann.text
    assert not any(toast.alert for toast in shop.ann.chat.toasts)
    assert not shop.ann.sees("Cancelled by the customer.")


async def test_an_order_that_waits_for_the_seller_says_so_and_offers_it(shop: OpenShop) -> None:
    await cash_placed(shop)

    for said in ("/ship 1", "/ship 1 LX1", "/complete 1"):
        await shop.olga.says(said)
        assert "Order 1 waits for you. Accept it first." in shop.olga.newest
        assert "✅ Accept" in shop.olga.keyboard

    await shop.olga.taps("✅ Accept")
    await shop.olga.says("/ship 1 LX1")
    assert "🚚 On its way" in shop.olga.newest


async def test_every_refused_command_names_the_state_and_offers_the_order(shop: OpenShop) -> None:
    await opened(shop)
    await placed(shop)
    await shop.olga.says("/ship 1")
    assert shop.olga.newest.startswith("⚠️ Order 1 is not paid yet.")
    assert "✕ Cancel" in shop.olga.keyboard
    await shop.olga.says("/refund 1")
    assert "Order 1 was never paid: there is nothing to give back." in shop.olga.newest
    await shop.ann.pays(option="post", address=BERLIN)
    await shop.olga.says("/ship 1")

    await shop.olga.says("/ship 1")
    assert shop.olga.newest.startswith("⚠️ Order 1 is already on its way.")
    await shop.olga.says("/cancel 1 broken")
    assert "When the goods are back, give the money back: /refund 1 restock" in shop.olga.newest
    assert "💶 Money of this order" in shop.olga.keyboard

    await shop.olga.says("/complete 1")
    await shop.olga.says("/ship 1 LX1")
    assert shop.olga.newest.startswith("⚠️ Order 1 is already completed.")
    await shop.olga.says("/cancel 1 broken")
    assert "Its money can still be given back: /refund 1" in shop.olga.newest

    await shop.olga.says("/ship 77")
    assert "There is no order 77 here." in shop.olga.newest
    assert shop.olga.keyboard == ["🧾 Orders", "🏠 Home"]


async def test_nothing_is_sent_of_what_is_delivered_in_the_chat(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    async with shop.db.begin() as session:
        await session.execute(update(Order).values(kind=ProductKind.DIGITAL))

    await shop.olga.says("/ship 1")

    assert "Order 1 has nothing to send." in shop.olga.newest
    assert "🎉 Complete" in shop.olga.keyboard


async def test_cash_goods_that_were_refused_at_the_door_can_be_cancelled(shop: OpenShop) -> None:
    tea = await cash_placed(shop)
    await shop.olga.taps("✅ Accept")
    await shop.olga.says("/ship 1 LX1")
    assert "✕ Cancel" in shop.olga.keyboard

    await shop.olga.says("/cancel 1 nobody opened")

    assert "✕ Cancelled" in shop.olga.text
    async with shop.db.read() as session:
        assert (await session.get_one(Inventory, tea)).available == 5
    await shop.keeps_its_promises()


async def test_who_may_not_move_an_order_is_shown_nothing_of_it(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.olga.says("/ship 1 LX1")
    await shop.ivan.says("/start")

    for data in ("ss:1:1", "sx:1:1", "ma:1:0:1", "oc:1:0:1"):
        await shop.ivan.forges(data)
        await shop.ivan.says("/ship 1")
        assert not shop.ivan.sees("Ann")
        assert not shop.ivan.sees("On its way")


async def test_an_order_of_ones_own_goods_is_no_trouble(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await a_product(session, "Pot", stock=2, category=await a_category(session, "Pots"))
    await shop.olga.says("/start")
    await shop.olga.taps("Catalogue", "Pots", "Pot", "Add to cart", "in the cart", "Check out", "Cash")
    await shop.olga.says_where("Post")

    await shop.olga.says("/order 1")

    assert "✅ Accept" in shop.olga.keyboard

"""What a customer reads of an order, before and after it is placed: how it is sent, what is charged, the account."""

from collections.abc import AsyncGenerator

import pytest
from msgspec.structs import replace

from app.config.payments import Transfer
from simulator.telegram.messages import Message
from tests.payments.tea import sell_tea, to_checkout
from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database
ACCOUNT = "Account GB29 NWBK 6016 1331 9268 19, Tea & Sons"


@pytest.fixture
async def bank(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    """A shop that takes transfers too, and tips."""
    async with open_shop(database_url, clock, tips=("1.00", "2.00"), max_tip="5.00") as opened:
        payments = replace(opened.config.payments, transfer=Transfer(enabled=True, instructions=ACCOUNT))
        opened.config = replace(opened.config, payments=payments)
        await opened.reopen()
        yield opened


def payable(shop: OpenShop) -> list[Message]:
    """Messages in Ann's chat with a key that pays."""
    return [message for message in shop.ann.chat.said if any(label.startswith("Pay €") for label in message.labels)]


def card(shop: OpenShop, words: str) -> Message:
    """The newest message in Ann's chat with these words."""
    return next(message for message in reversed(shop.ann.chat.said) if words in message.words)


def copied(message: Message) -> list[str]:
    """What a tap on the message copies."""
    assert message.text is not None
    written = message.text.text.encode("utf-16-le")
    marked = [mark for mark in message.text.entities_json() if mark["type"] == "code"]
    starts = [(int(str(mark["offset"])), int(str(mark["length"]))) for mark in marked]
    return [written[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length in starts]


async def test_the_way_of_shipping_and_the_sum_with_the_tip_stand_on_every_card(bank: OpenShop) -> None:
    await bank.olga.says("/start")
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Card, here in the chat")
    sheet = await bank.ann.pays(option="courier", tip=200)
    await bank.tick()

    assert sheet.total == 450 + 990 + 200
    for read in (bank.ann.newest, bank.olga.newest):
        for line in ("Shipping, Courier: €9.90", "Total: €14.40", "Tip: €2.00", "Total with tip: €16.40"):
            assert line in read
    await bank.olga.says("/refund 1 6.40")
    await bank.olga.taps("💸 Give")
    await bank.tick()
    await bank.ann.says("/myorders")
    await bank.ann.taps("€14.40")
    assert "Given back: €6.40" in bank.ann.text
    assert "Paid after that: €10.00" in bank.ann.text


async def test_the_account_of_a_transfer_stays_on_the_card_and_is_copied_by_a_tap(bank: OpenShop) -> None:
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Bank transfer")
    await bank.ann.says_where("Post")
    asked = ["€9.40", "1", "GB29 NWBK 6016 1331 9268 19"]
    assert copied(bank.ann.screen) == asked
    assert "Please pay by Mar 5, 2026, 09:00 UTC (3 days)" in bank.ann.text

    await bank.ann.says("/myorders")
    await bank.ann.taps("€9.40")
    assert copied(bank.ann.screen) == asked
    assert "Please pay by" in bank.ann.text
    await bank.olga.says("/orders pending")
    await bank.olga.taps("Ann")
    await bank.olga.taps("Accept")
    await bank.tick()
    assert copied(card(bank, "Being prepared")) == asked  # it is on its way, and still not paid
    await bank.olga.taps("The money came")
    await bank.tick()
    assert copied(card(bank, "Being prepared")) == []


async def test_an_order_by_hand_is_placed_by_the_key_under_everything_about_it_alone(bank: OpenShop) -> None:
    """One way of shipping serves Austria, so nothing but the town is written last."""
    await bank.olga.says("/start")
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Cash on delivery", "Austria")
    for line in ("Ann Example", "Ring 1"):
        await bank.ann.says(line)
    await bank.ann.says("1010 Wien")

    for said in ("1 × Green tea", "Shipping, Post: €4.90", "Total: €9.40", "Cash on delivery", "Ring 1", "1010 Wien"):
        assert said in bank.ann.text
    await bank.tick()
    assert not bank.olga.sees("New order")
    await bank.olga.says("/orders pending")
    await bank.olga.taps("Ann")
    assert not any("Accept" in label for label in bank.olga.keyboard)
    await bank.ann.says("/myorders")
    await bank.ann.taps("Not ordered yet")
    await bank.ann.taps("Go on", "Cash on delivery", "Change the address", "Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
        await bank.ann.says(line)
    await bank.ann.taps("Courier", "Order now · €14.40")
    await bank.tick()

    assert "Lindenallee 7" in bank.olga.newest
    await bank.keeps_its_promises()


async def test_a_yes_to_another_sum_is_asked_again(bank: OpenShop) -> None:
    """Guard: the key of the last look names the total that it showed."""
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Cash on delivery", "Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
        await bank.ann.says(line)
    await bank.ann.taps("Courier")
    cheaper = bank.ann.callback_data("Order now").rsplit(":", 1)[0] + ":q4"  # 940
    await bank.ann.forges(cheaper)

    assert "out of date" in bank.ann.toast
    assert "Order now · €14.40" in bank.ann.keyboard[0]
    await bank.tick()
    assert not bank.olga.sees("New order")


async def test_a_price_that_moves_on_the_review_is_drawn_again_and_the_next_tap_goes_on(bank: OpenShop) -> None:
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.olga.says("/price TEA 5.20")
    await bank.ann.taps("Card, here in the chat")
    assert "changed from €4.50 to €5.20" in bank.ann.toast
    assert "The price was €4.50, now it is €5.20." in bank.ann.text

    await bank.ann.taps("Card, here in the chat")
    assert (await bank.ann.pays(option="post")).total == 520 + 490


async def test_goods_that_sell_out_on_the_review_lead_to_the_cart(bank: OpenShop) -> None:
    await sell_tea(bank, stock=1)
    await to_checkout(bank)
    await bank.olga.says("/restock TEA =0")
    await bank.ann.taps("Card, here in the chat")

    assert "sold out" in bank.ann.toast
    assert "Your cart" in bank.ann.text


async def test_the_same_way_twice_leaves_one_invoice_and_another_way_none(bank: OpenShop) -> None:
    """Guard: the invoice that is not to be paid any more is deleted (shop/payments/invoices.py)."""
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Card, here in the chat")
    (first,) = payable(bank)
    await bank.ann.taps("Other ways to pay", "Card, here in the chat", on=card(bank, "is reserved for you"))
    await bank.tick()
    (second,) = payable(bank)
    assert second.message_id != first.message_id

    order = card(bank, "is reserved for you")
    await bank.ann.taps("Other ways to pay", "Card, on a secure page", on=order)
    assert "which country" in order.words
    await bank.tick()
    assert payable(bank) == []


async def test_the_invoice_of_a_cancelled_order_goes_and_a_sheet_that_was_open_hears_why(bank: OpenShop) -> None:
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Card, here in the chat")
    await bank.ann.says("/myorders")
    await bank.ann.taps("€4.50", "Cancel the order", "Cancel the order")
    sheet = await bank.ann.pays(option="post")
    assert "This order was cancelled. Nothing was charged." in sheet.error

    await bank.tick()
    assert payable(bank) == []


async def test_an_invoice_is_taken_away_at_least_once(bank: OpenShop) -> None:
    """Telegram stumbles over the first deletion: the outbox asks again."""
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Card, here in the chat")
    bank.simulator.fail("deleteMessage", "500", times=2)
    await bank.passes(minutes=30)
    assert len(payable(bank)) == 1
    await bank.passes(minutes=1)
    assert payable(bank) == []
    assert bank.ann.sees("was not paid in time")


async def test_the_invoice_that_was_paid_stays_as_the_receipt(bank: OpenShop) -> None:
    await sell_tea(bank)
    await to_checkout(bank)
    await bank.ann.taps("Card, here in the chat")
    (invoice,) = payable(bank)
    await bank.ann.pays(option="post")
    await bank.passes(minutes=30)

    assert invoice.message_id in bank.ann.chat.messages

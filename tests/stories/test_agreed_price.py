"""What sending costs is agreed after the order: Ann orders, Olga names a price, Ann agrees and pays, or does not."""

import pytest
from sqlalchemy import select

from bot.screens.buying.checkout.buttons import AgreePrice, PayOrder
from db.models import Inventory, Order, OrderStatus
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def ordered(shop: OpenShop) -> None:
    """A piano that goes by freight alone; Ann ordered it, and Olga is asked."""
    async with shop.db.begin() as session:
        await a_product(
            session, "Piano", sku="PIANO", price=90000, stock=2, category=await a_category(session, "Music")
        )
    for guest in (shop.olga, shop.ann, shop.oscar):
        await guest.says("/start")
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Shipping", "Ways to ship", "Add a way")
    await shop.oscar.says("Freight; agreed; DE")
    await shop.oscar.taps("Freight")
    assert "Price: after the order." in shop.oscar.text
    await shop.oscar.taps("Back", "Post", "Offer it no more")
    await shop.oscar.taps("Courier", "Offer it no more")
    ann = shop.ann
    await ann.says("/start p_1")
    assert "Shipping: price after the order" in ann.text
    await ann.taps("Add to cart", "in the cart", "Check out")
    assert "Freight — price after the order" in ann.text
    await ann.taps("here in the chat")
    for answer in ("Ann Miller", "Marktstr. 1", "10115 Berlin"):
        await ann.says(answer)
    assert "Shipping, Freight: price after the order" in ann.text
    await ann.taps("Order, and ask for the price")
    assert "The seller names the price of sending." in ann.text
    await shop.tick()
    assert "what does sending it cost?" in shop.olga.newest


async def standing(shop: OpenShop) -> tuple[OrderStatus, str | None, int]:
    async with shop.db.read() as session:
        order = await session.get_one(Order, 1)
        return order.status, order.quote, order.total_price


async def test_olga_names_a_price_and_ann_agrees_and_pays(shop: OpenShop) -> None:
    await ordered(shop)
    ann, olga = shop.ann, shop.olga
    await ann.forges(PayOrder(1, "telegram").pack())
    assert "The seller names the price of sending first." in ann.toast
    assert not any(message.invoice for message in ann.chat.said)

    await olga.taps("Name the price")
    await olga.says("a lot")
    assert "Write a price like 12.50." in olga.text
    shop.clock.pass_by(minutes=1)
    await olga.says("120")
    assert "has not agreed to your price" in olga.text
    await shop.tick()
    assert "Olga sends order 1 for €120.00. Do you agree?" in ann.newest
    shop.clock.pass_by(minutes=1)
    await olga.says("/quote 1 99.50")  # she finds a cheaper one
    await shop.tick()
    await ann.forges(AgreePrice(1, 90000 + 12000).pack())  # the key of the first price
    assert "out of date" in ann.toast
    assert await standing(shop) == (OrderStatus.PENDING, "offered", 99950)

    shop.clock.pass_by(minutes=1)
    await ann.taps("Agree · €999.50")
    assert "Agreed" in ann.toast
    await ann.taps("Pay")
    if any("here in the chat" in label for label in ann.keyboard):
        await ann.taps("here in the chat")
    paid = await ann.pays()
    assert (paid.state, paid.total) == ("paid", 99950)
    await shop.tick()
    await olga.says("/order 1")
    await olga.taps("History")
    told = [line for line in olga.text.splitlines() if ": " in line]
    assert told[-5:] == [
        "Ann: agreed to the price of sending",
        "Olga: offered to send it for €99.50",
        "Olga: offered to send it for €120.00",
        "Ann: asked what sending costs",
        "Ann: ordered",
    ]
    await olga.says("/quote 1 5")
    assert "being prepared" in olga.newest or "being prepared" in olga.text
    await shop.keeps_its_promises()


async def test_ann_does_not_agree_and_the_piano_is_free(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.olga.says("/quote 1 500")
    await shop.tick()
    await shop.ann.taps("No, cancel the order", "Cancel the order")
    assert (await standing(shop))[0] is OrderStatus.CANCELLED
    await shop.tick()
    assert "Ann did not agree to €500.00 for sending, and cancelled order 1" in shop.olga.newest
    await shop.olga.taps("Order 1", "History")
    assert "Ann: did not agree to the price, and cancelled" in shop.olga.text
    async with shop.db.read() as session:
        assert list(await session.scalars(select(Inventory.quantity_reserved))) == [0]
    await shop.keeps_its_promises()


async def test_who_does_not_answer_is_reminded_and_the_hold_ends(shop: OpenShop) -> None:
    await ordered(shop)
    said = len(shop.olga.chat.said)
    await shop.passes(hours=25)
    assert len(shop.olga.chat.said) == said + 1  # asked once more
    await shop.olga.says("/quote 1 50")
    await shop.passes(hours=25)
    assert (
        sum("Do you agree?" in message.words and "sends order" in message.words for message in shop.ann.chat.said) == 2
    )
    assert (await standing(shop))[0] is OrderStatus.PENDING
    await shop.passes(days=3)
    assert (await standing(shop))[0] is OrderStatus.CANCELLED
    await shop.ann.forges(AgreePrice(1, 95000).pack())
    assert (await standing(shop))[:2] == (OrderStatus.CANCELLED, "offered")
    await shop.keeps_its_promises()

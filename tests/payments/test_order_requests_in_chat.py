"""Asking to cancel what was paid and not sent, goods that go back into the cart, and downloads fetched again."""

import pytest
from sqlalchemy import select

from db.models import Notification, ProductKind
from tests.payments.tea import sell_tea, to_checkout
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def paid_tea(shop: OpenShop) -> None:
    """Ann has paid for a tea that Olga has not sent yet."""
    await shop.olga.says("/start")
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Card, here in the chat")
    await shop.ann.pays(option="post")
    await shop.tick()


async def asks(shop: OpenShop) -> None:
    """Ann asks to cancel it, and is asked back."""
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·", "Ask to cancel")
    assert "you get your money back" in shop.ann.text
    await shop.ann.taps("Ask to cancel")


async def wishes(shop: OpenShop) -> int:
    async with shop.db.read() as session:
        found = select(Notification).where(Notification.kind == "cancel_wanted")
        return len(list(await session.scalars(found)))


async def test_a_seller_agrees_to_cancel_and_the_money_goes_back(shop: OpenShop) -> None:
    await paid_tea(shop)
    await asks(shop)
    assert "You asked the seller to cancel it" in shop.ann.text
    await shop.tick()
    assert "asks you to cancel order 1" in shop.olga.newest

    await shop.olga.taps("Cancel it, give the money back", "Cancel")
    await shop.tick()
    await shop.tick()
    assert shop.ann.sees("Order 1 was cancelled")
    assert shop.ann.sees("€9.40 of order 1 went back to you")
    await shop.keeps_its_promises()


async def test_the_same_wish_twice_is_one(shop: OpenShop) -> None:
    """Guard: the wish is written by one conditional update."""
    await paid_tea(shop)
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·", "Ask to cancel")
    data = shop.ann.callback_data("Ask to cancel")
    for _ in range(3):
        await shop.ann.forges(data)
    await shop.tick()

    assert await wishes(shop) == 1
    assert not any("Ask to cancel" in label for label in shop.ann.keyboard)


async def test_a_seller_says_no_with_a_word(shop: OpenShop) -> None:
    await paid_tea(shop)
    await asks(shop)
    await shop.tick()
    await shop.olga.taps("No, it goes on")
    await shop.olga.says("It is packed <already>")
    await shop.tick()

    assert shop.ann.sees("Olga does not cancel order 1.\n\nIt is packed <already>")
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·")
    assert "the seller goes on with it" in shop.ann.text
    assert not any("Ask to cancel" in label for label in shop.ann.keyboard)
    await shop.olga.says("/ship 1")
    await shop.tick()
    assert shop.ann.sees("Order 1 is on its way")


async def test_what_is_on_its_way_cannot_be_called_back(shop: OpenShop) -> None:
    await paid_tea(shop)
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·", "Ask to cancel")
    data = shop.ann.callback_data("Ask to cancel")
    await shop.olga.says("/ship 1")
    await shop.ann.forges(data)
    await shop.tick()

    assert await wishes(shop) == 0
    await shop.eve.says("/start")
    await shop.eve.forges(data)
    assert "no order 1 here" in shop.eve.toast


async def test_an_order_that_expired_goes_back_into_the_cart(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Card, here in the chat")
    await shop.passes(minutes=30)
    await shop.olga.says("/price TEA 5.20")
    await shop.ann.taps("Put it back in the cart")
    assert "The price was €4.50, now it is €5.20." in shop.ann.text
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·", "Put it back in the cart")

    assert "1 × Green tea — €5.20" in shop.ann.text  # tapped twice, it holds it once
    await shop.ann.taps("Check out", "Card, here in the chat")
    assert (await shop.ann.pays(option="post")).total == 520 + 490
    await shop.keeps_its_promises()


async def test_what_is_gone_is_said_and_not_put_back(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Card, here in the chat")
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·", "Cancel the order", "Cancel the order")
    assert "You cancelled it." in shop.ann.text
    await shop.olga.says("/restock TEA =0")
    await shop.ann.taps("Put it back in the cart")

    assert "Green tea cannot be had any more" in shop.ann.text
    assert "Your cart is empty" in shop.ann.text


async def test_a_download_is_fetched_again_by_its_buyer_until_the_money_went_back(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        shelf, kind = await a_category(session, "Books"), ProductKind.DIGITAL
        await a_product(session, "Tea book", price=250, currency="XTR", kind=kind, content="KEY-77", category=shelf)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Books", "Tea book", "Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out", "Continue")
    await shop.ann.pays()
    await shop.passes(days=9)
    await shop.ann.says("/myorders")
    await shop.ann.taps("1 ·")
    data = shop.ann.callback_data("Download again")
    await shop.ann.taps("Download again")
    assert "KEY-77" in shop.ann.newest

    await shop.eve.says("/start")
    await shop.eve.forges(data)
    assert not shop.eve.sees("KEY-77")
    await shop.olga.says("/refund 1")
    await shop.passes(minutes=1)
    await shop.ann.forges(data)
    assert "KEY-77" not in shop.ann.newest

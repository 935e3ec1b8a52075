"""Ann buys one thing from its page: few taps, everything said before the money, and her cart left as it is."""

import pytest
from sqlalchemy import select

from db.models import CartItem, Order, Product
from tests.payments.tea import sell_tea
from tests.world.guests import Guest
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database

FEW_NEW, FEW_KNOWN = 4, 3  # taps from the link of a product to the form in which money is given


async def taps(guest: Guest, *labels: str) -> int:
    """Tap them; how many they were."""
    await guest.taps(*labels)
    return len(labels)


async def the_orders(shop: OpenShop) -> list[Order]:
    """All there are, oldest first."""
    async with shop.db.read() as session:
        return list(await session.scalars(select(Order).order_by(Order.id)))


async def test_a_new_customer_takes_four_taps_and_a_known_one_two(shop: OpenShop) -> None:
    await sell_tea(shop)
    await shop.ann.says("/start p_1")
    count = await taps(shop.ann, "Buy now", "on a secure page", "Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
        await shop.ann.says(line)
    count += await taps(shop.ann, "Order now")

    assert count <= FEW_NEW
    assert "Open the payment page" in str(shop.ann.keyboard)

    await shop.ann.says("/start p_1")
    count = await taps(shop.ann, "Buy now")
    assert "Lindenallee 7" in shop.ann.text
    assert "You pay €9.40" in shop.ann.text
    count += await taps(shop.ann, "Cash on delivery")

    assert count <= FEW_KNOWN
    assert "is placed" in shop.ann.text  # cash asks nothing more: it was all on the screen
    assert [order.total_price for order in await the_orders(shop)] == [940, 940]
    await shop.keeps_its_promises()


async def test_address_way_and_number_are_changed_before_the_money(shop: OpenShop) -> None:
    await sell_tea(shop)
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now", "Cash on delivery")
    await shop.ann.says_where("Post")
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now", "Courier", "+")

    assert "You pay €18.90" in shop.ann.text
    assert len(shop.ann.screen.keyboard or ()) <= 6

    await shop.ann.taps("📍 Another", "New address", "Cash on delivery")
    assert "which country" in shop.ann.text


async def test_a_double_tap_makes_one_order_and_the_cart_stays(shop: OpenShop) -> None:
    """Guard: the key of the order is that of the screen, and unique."""
    await sell_tea(shop)
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now")
    old = shop.ann.screen
    data = shop.ann.callback_data("here in the chat")
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Add to cart", "+")

    for hurried in (True, True, False):
        await shop.ann.forges(data, on=old, hurried=hurried)

    assert len(await the_orders(shop)) == 1
    async with shop.db.read() as session:
        assert list(await session.scalars(select(CartItem.quantity))) == [2]
    assert (await shop.ann.pays(option="post")).state == "paid"
    await shop.keeps_its_promises()


async def test_another_total_than_was_shown_is_shown_first(shop: OpenShop) -> None:
    """Guard: what is ordered costs what stood on the key."""
    await sell_tea(shop)
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now")
    async with shop.db.begin() as session:
        (await session.scalars(select(Product))).one().price = 500
    await shop.ann.taps("here in the chat")

    assert not await the_orders(shop)
    assert "5.00" in shop.ann.text
    await shop.ann.taps("here in the chat")
    assert [order.subtotal for order in await the_orders(shop)] == [500]

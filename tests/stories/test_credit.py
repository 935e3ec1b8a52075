"""A gift card becomes credit, pays a part or all of an order, comes back with one that ends, and is refunded last."""

import re

import pytest
from sqlalchemy import select

from db.models import AdminEvent, CreditAccount, CreditMovement, GiftCard, Order, OrderStatus, PaymentAttempt
from tests.payments.tea import sell_tea, to_checkout
from tests.world.guests import Guest
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def a_card(shop: OpenShop, value: str) -> str:
    """Olga issues a card; its code as she reads it."""
    await shop.olga.says(f"/giftcard {value}")
    await shop.olga.taps("✅ Issue")
    found = re.search(r"\w{4}-\w{4}-\w{4}", shop.olga.text)
    assert found is not None
    return found.group()


async def has(shop: OpenShop) -> list[int]:
    """The balances that there are."""
    async with shop.db.read() as session:
        return list(await session.scalars(select(CreditAccount.balance).order_by(CreditAccount.id)))


async def the_order(shop: OpenShop) -> Order:
    """The newest."""
    async with shop.db.read() as session:
        return (await session.scalars(select(Order).order_by(Order.id.desc()).limit(1))).one()


async def says_where(guest: Guest) -> None:
    """Answer the questions about the address."""
    await guest.taps("Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
        await guest.says(line)


async def test_a_gift_card_pays_a_part_and_comes_back_with_the_order(shop: OpenShop) -> None:
    await sell_tea(shop)
    for guest in (shop.olga, shop.ann, shop.bob):
        await guest.says("/start")
    code = await a_card(shop, "6")
    await shop.olga.says("/giftcard")
    assert "€6.00 · …" in str(shop.olga.keyboard)
    assert code not in shop.olga.newest

    await shop.ann.says("/giftcard AAAA-BBBB-CCCC")
    assert "There is no such gift card" in shop.ann.text
    await shop.ann.says(code.lower().replace("-", " "))
    assert "Your credit at Olga is €6.00 now" in shop.ann.text
    await shop.ann.says(f"/giftcard {code}")  # once more: the same answer, and nothing twice
    assert "€6.00 now" in shop.ann.text
    await shop.bob.says(f"/start gift_{code.replace('-', '')}")
    assert "redeemed already" in shop.bob.text
    assert await has(shop) == [600]

    await to_checkout(shop)
    assert "Store credit: −€4.50" in shop.ann.text
    assert "Another €1.50 of credit is there for it" in shop.ann.text
    await shop.ann.taps("Without my credit")
    assert "Store credit" not in shop.ann.text
    await shop.ann.taps("Use my credit: €6.00", "Continue")
    await says_where(shop.ann)
    assert "€3.40" in shop.ann.text
    assert "Store credit pays €6.00 of €9.40" in shop.ann.text
    order = await the_order(shop)
    assert (order.credit, order.total_price, await has(shop)) == (600, 940, [0])

    await shop.ann.taps("here in the chat")
    assert "Pay €3.40" in str(shop.ann.keyboard)
    await shop.keeps_its_promises()
    await shop.ann.says("/orders")
    await shop.ann.taps("Green tea", "Cancel the order")
    assert "€6.00 of credit comes back to you" in shop.ann.text
    await shop.ann.taps("Cancel the order")
    assert await has(shop) == [600]
    await shop.ann.says("/credit")
    assert "back from order 1" in shop.ann.text
    await shop.keeps_its_promises()


async def test_what_was_paid_by_card_goes_back_first_and_the_rest_is_credit(shop: OpenShop) -> None:
    await sell_tea(shop)
    for guest in (shop.olga, shop.ann):
        await guest.says("/start")
    await shop.ann.says(f"/giftcard {await a_card(shop, '6')}")
    await to_checkout(shop)
    await shop.ann.taps("Continue")
    await says_where(shop.ann)
    await shop.ann.taps("Without my credit")
    assert "€9.40" in shop.ann.text
    assert await has(shop) == [600]
    await shop.keeps_its_promises()
    await shop.ann.says("/orders")
    await shop.ann.taps("Green tea", "Cancel the order", "Cancel the order")
    await to_checkout(shop)
    await shop.ann.taps("Continue")
    await says_where(shop.ann)
    await shop.ann.taps("here in the chat")
    assert (await shop.ann.pays()).state == "paid"
    assert (await the_order(shop)).status is OrderStatus.PROCESSING
    await shop.keeps_its_promises()
    await shop.tick()

    await shop.olga.says("/refund 2 5")  # what was paid by card goes first, and the rest to credit
    await shop.olga.taps("Give €5.00 back")
    async with shop.db.read() as session:
        charges = list(await session.scalars(select(PaymentAttempt).where(PaymentAttempt.order_id == 2)))
    sums = {(one.provider, one.captured_amount, one.refunded_amount) for one in charges if one.captured_amount}
    assert sums == {("telegram", 340, 340), ("credit", 600, 160)}
    assert await has(shop) == [160]
    await shop.keeps_its_promises()


async def test_credit_pays_all_of_an_order_and_money_becomes_credit(shop: OpenShop) -> None:
    await sell_tea(shop)
    for guest in (shop.olga, shop.ann):
        await guest.says("/start")
    await to_checkout(shop)
    await shop.ann.taps("here in the chat")
    assert (await shop.ann.pays(option="post")).state == "paid"
    await shop.olga.says("/refund 1")
    await shop.olga.taps("As credit in my shop")
    assert "It becomes credit in your shop, not money" in shop.olga.text
    await shop.olga.taps("Give €9.40 back")
    assert "is credit now" in shop.olga.text
    assert await has(shop) == [940]
    await shop.tick()
    assert "is store credit now" in shop.ann.newest
    await shop.keeps_its_promises()

    await shop.olga.says("/customer 1")
    assert "Credit: €9.40" in shop.olga.text
    await shop.olga.taps("Give credit")
    await shop.olga.says("much")
    assert "Write an amount and the reason" in shop.olga.text
    await shop.olga.says("1.50 the <parcel> was late")
    assert "Give Ann €1.50 of credit" in shop.olga.text
    await shop.olga.taps("🎁 Give")
    assert "Credit: €10.90" in shop.olga.text
    await shop.ann.says("/credit")
    assert "the <parcel> was late" in shop.ann.text

    await shop.ann.says("/start p_1")
    await shop.ann.taps("Buy now")
    assert "Left to pay: €0.00" in shop.ann.text
    assert "Store credit" in shop.ann.text
    await shop.ann.taps("Continue")
    order = await the_order(shop)
    assert (order.status, order.payment_method, order.credit) == (OrderStatus.PROCESSING, "credit", 940)
    assert "Payment: 🎁 Store credit — paid" in shop.ann.text
    assert await has(shop) == [150]
    await shop.keeps_its_promises()
    await shop.olga.says("/log")
    assert "gave a customer credit" in shop.olga.text

    await shop.olga.says("/refund 2")
    await shop.olga.taps("Give €9.40 back")
    assert await has(shop) == [1090]
    await shop.keeps_its_promises()


async def test_cards_by_the_hundred_are_a_file_and_one_is_disabled(shop: OpenShop) -> None:
    await shop.olga.says("/giftcard")
    await shop.olga.taps("Issue gift cards")
    await shop.olga.says("lots")
    assert "Write a price" in shop.olga.text
    await shop.olga.says("25 x 100")
    await shop.olga.taps("1 year")
    data = shop.olga.callback_data("✅ Issue")
    await shop.olga.taps("✅ Issue")
    async with shop.db.read() as session:
        made = list(await session.scalars(select(GiftCard)))
        told = list(await session.scalars(select(AdminEvent.data)))
    assert len(made) == 100
    assert all(card.expires_at is not None for card in made)
    assert made[0].ending not in str(told)
    await shop.olga.forges(data)
    assert "issued already" in shop.olga.text
    await shop.olga.says("/giftcard")
    assert "Next" in str(shop.olga.keyboard)
    await shop.olga.taps(shop.olga.keyboard[0], "Disable it")
    await shop.olga.taps("Disable it")
    assert "Nobody can redeem it any more" in shop.olga.text
    await shop.ann.says("/giftcard 25")
    assert "There is no such gift card" in shop.ann.text
    for _ in range(12):
        await shop.ann.says("/giftcard AAAA-BBBB-CCCC")
    assert "too many" in shop.ann.newest.lower()
    async with shop.db.read() as session:
        assert list(await session.scalars(select(CreditMovement.id))) == []

"""Money that must not be kept, as people see it: what each reads in the chat, where the money and the goods are."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from db.models import Inventory, Order, Payment, Product
from simulator.stripe.records import Session
from tests.payments.tea import sell_tea, to_checkout
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database
TOTAL = 450 + 490  # tea, and the post


async def page_is_open(shop: OpenShop, stock: int = 2) -> str:
    """Ann orders a tea and is shown Stripe's page; its session."""
    await sell_tea(shop, stock)
    for person in (shop.olga, shop.oscar):
        await person.says("/start")
    await to_checkout(shop)
    await shop.ann.taps("Card, on a secure page")
    await shop.ann.says_where("Post")
    (session_id,) = shop.simulator.stripe.account.sessions
    return session_id


def stripe_is_away(shop: OpenShop) -> None:
    """Whatever the shop asks of Stripe fails; people still pay on the pages that they have open."""
    shop.simulator.stripe.switch_on("fail_before", times=1000)


async def books(shop: OpenShop) -> tuple[str, int, int]:
    """Of order 1: how it stands, what came, and what went back."""
    async with shop.db.read() as session:
        order = (await session.scalars(select(Order).where(Order.id == 1))).one()
        money = (await session.scalars(select(Payment).where(Payment.order_id == 1))).one()
        return order.status.value, money.amount, money.refunded_amount


async def stock(shop: OpenShop) -> tuple[int, int]:
    """Teas in the house, and those of them that somebody has ordered."""
    async with shop.db.read() as session:
        row = (await session.scalars(select(Inventory).join(Product))).one()
        return row.quantity_in_stock, row.quantity_reserved


def at_stripe(shop: OpenShop) -> tuple[list[int], list[int]]:
    """What Stripe took, and what it gave back."""
    account = shop.simulator.stripe.account
    return [one.amount for one in account.charges.values()], [one.amount for one in account.refunds.values()]


async def stripe_is_back(shop: OpenShop) -> None:
    """Stripe can be asked again, and the schedule comes by."""
    shop.simulator.stripe.account.chaos.clear()
    await shop.passes(minutes=15)
    await shop.passes(minutes=5)


async def test_a_second_charge_for_a_paid_order_goes_back(shop: OpenShop) -> None:
    """The page stayed open while Ann paid in the chat. Guard: an order is paid by one charge (captures)."""
    page = await page_is_open(shop)
    stripe_is_away(shop)
    await shop.ann.taps("Other ways to pay", "Card, here in the chat")
    assert (await shop.ann.pays()).state == "paid"
    shop.simulator.stripe.pay(page)
    await stripe_is_back(shop)

    assert shop.ann.sees("Order 1 was paid twice")
    assert shop.ann.sees("€9.40 of order 1 went back to you")
    assert shop.oscar.sees("Order 1 was paid twice. The second charge, €9.40, is being given back")
    assert shop.olga.sees("Order 1 · Ann")
    assert await books(shop) == ("processing", 2 * TOTAL, TOTAL)
    assert at_stripe(shop)[1] == [TOTAL]
    assert await stock(shop) == (1, 0)
    await shop.keeps_its_promises()


async def test_a_late_charge_for_a_cancelled_order_goes_back(shop: OpenShop) -> None:
    """Guard: only what expired by itself comes back to life (fulfil)."""
    page = await page_is_open(shop)
    stripe_is_away(shop)
    await shop.ann.says("/start")
    await shop.ann.taps("My orders", "1", "Cancel", "Cancel the order")
    shop.simulator.stripe.pay(page)
    await stripe_is_back(shop)

    assert shop.ann.sees("€9.40 arrived for order 1, but the order was cancelled before")
    assert shop.ann.sees("€9.40 of order 1 went back to you")
    assert shop.oscar.sees("€9.40 came for order 1 after it was cancelled")
    assert await books(shop) == ("cancelled", TOTAL, TOTAL)
    assert at_stripe(shop) == ([TOTAL], [TOTAL])
    assert await stock(shop) == (2, 0)
    await shop.keeps_its_promises()


async def test_a_late_charge_revives_an_expired_order_while_its_goods_are_there(shop: OpenShop) -> None:
    """Guard: an order that expired by itself is held once more (fulfil)."""
    page = await page_is_open(shop)
    stripe_is_away(shop)
    shop.simulator.stripe.pay(page)
    await shop.passes(hours=2)
    assert shop.ann.sees("was not paid in time")
    assert await stock(shop) == (2, 0)
    await stripe_is_back(shop)

    assert "The goods were still there, so the order goes on" in shop.ann.newest
    assert shop.olga.sees("Order 1 · Ann")
    assert await books(shop) == ("processing", TOTAL, 0)
    assert await stock(shop) == (1, 0)
    assert at_stripe(shop) == ([TOTAL], [])
    await shop.keeps_its_promises()


async def test_a_late_charge_for_goods_that_others_bought_meanwhile_goes_back(shop: OpenShop) -> None:
    """Guard: what expired goes on only if its stock can be held once more (fulfil)."""
    page = await page_is_open(shop, stock=1)
    stripe_is_away(shop)
    shop.simulator.stripe.pay(page)
    await shop.passes(hours=2)
    await shop.bob.says("/start")
    await shop.bob.taps("Catalogue", "Tea", "Green tea", "Add to cart")
    await shop.bob.says("/cart")
    await shop.bob.taps("Check out", "Card, here in the chat")
    assert (await shop.bob.pays(option="post")).state == "paid"
    await stripe_is_back(shop)

    assert shop.ann.sees("after the time to pay had run out, and the goods were sold meanwhile")
    assert shop.ann.sees("€9.40 of order 1 went back to you")
    assert shop.oscar.sees("€9.40 came for order 1 after it was cancelled")
    assert shop.olga.sees("Order 2 · Bob")
    assert await books(shop) == ("cancelled", TOTAL, TOTAL)
    assert at_stripe(shop) == ([TOTAL, TOTAL], [TOTAL])  # Bob's, too
    assert await stock(shop) == (0, 0)
    await shop.keeps_its_promises()


def cheaper(session: Session) -> None:
    """A line of the page costs a euro less than it was ordered for."""
    session.lines[0].unit_amount -= 100


def in_dollars(session: Session) -> None:
    session.currency = "usd"


@pytest.mark.parametrize(
    ("change", "said", "alert", "back", "counted"),
    [
        (cheaper, "€8.40 arrived for order 1, which is not its price", "€8.40 came for order 1, which is", 840, 840),
        (in_dollars, "$9.40 arrived for order 1, in another currency", "$9.40 came for order 1, in the", 940, 0),
    ],
    ids=["wrong amount", "wrong currency"],
)
async def test_a_charge_that_is_not_the_price_goes_back_and_the_order_can_still_be_paid(
    shop: OpenShop, change: Callable[[Session], None], said: str, alert: str, back: int, counted: int
) -> None:
    """Guards: the currency is compared, then the amount, before anything is sent (captures)."""
    page = await page_is_open(shop)
    change(shop.simulator.stripe.account.session(page))
    shop.simulator.stripe.pay(page)
    await shop.ann.taps("I have paid")
    await shop.passes(minutes=2)

    assert shop.ann.sees(said)
    assert shop.ann.sees("of order 1 went back to you")
    assert shop.oscar.sees(alert)
    assert not shop.olga.sees("Order 1 · Ann")
    assert await books(shop) == ("pending", counted, counted)
    assert await stock(shop) == (2, 1)
    assert at_stripe(shop) == ([back], [back])

    told = next(one for one in shop.ann.chat.said if "is not its price" in one.words or "currency" in one.words)
    await shop.ann.taps("Pay order 1", on=told)
    await shop.ann.taps("Card, here in the chat", on=told)
    assert (await shop.ann.pays()).state == "paid"
    await shop.tick()
    assert await books(shop) == ("processing", counted + TOTAL, counted)
    assert await stock(shop) == (1, 0)
    assert shop.olga.sees("Order 1 · Ann")
    await shop.keeps_its_promises()


@pytest.mark.parametrize(
    ("won", "end", "goods", "back"),
    [
        (True, "The dispute about €9.40 of order 1 was decided for you", "the money stays with the shop", 0),
        (False, "The dispute about €9.40 of order 1 was lost", "do not send them, and cancel the order", TOTAL),
    ],
    ids=["won", "lost"],
)
async def test_a_dispute_is_told_to_who_must_answer_and_counted_when_lost(
    shop: OpenShop, won: bool, end: str, goods: str, back: int
) -> None:
    """Guards: the payment is marked disputed, and a lost dispute is booked as given back (disputes)."""
    page = await page_is_open(shop)
    shop.simulator.stripe.pay(page)
    await shop.ann.taps("I have paid")
    await shop.tick()
    dispute = shop.simulator.stripe.dispute(next(iter(shop.simulator.stripe.account.charges)))
    await shop.passes(minutes=15)
    assert shop.oscar.sees("The bank disputes €9.40 of order 1 (fraudulent). Please answer at Stripe")
    assert shop.olga.sees("disputes €9.40 of order 1. If it was not sent yet, please do not send it")
    await shop.olga.taps("Money of order 1")
    assert shop.olga.sees("The customer’s bank disputes this payment")
    await shop.olga.says("/refund 1")
    assert shop.olga.sees("Given back now, it could go twice")
    assert at_stripe(shop)[1] == []
    assert await books(shop) == ("processing", TOTAL, 0)

    shop.simulator.stripe.close_dispute(dispute.id, won=won)
    await shop.passes(minutes=15)

    assert shop.oscar.sees(end)
    assert shop.olga.sees(goods)
    assert await books(shop) == ("processing", TOTAL, back)
    assert await stock(shop) == (1, 0)
    await shop.keeps_its_promises()

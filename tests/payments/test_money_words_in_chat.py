"""What people read about money that stands between two states: disputed, owed by hand, unwanted, a key refused."""

import pytest

from shop.payments import reconcile
from shop.ports import KeyRefused, ProviderError
from shop.refusals import ProviderUnavailable
from tests.payments.counter import Counter
from tests.payments.pretend import pretend_stripe
from tests.payments.tea import to_checkout
from tests.payments.test_charges_in_chat import (
    at_stripe,
    books,
    cheaper,
    page_is_open,
    stock,
    stripe_is_away,
    stripe_is_back,
)
from tests.world.goods import a_category, a_product
from tests.world.people import OSCAR
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database
TOTAL = 450 + 490


@pytest.mark.parametrize("won", [True, False], ids=["won", "lost"])
async def test_a_refund_that_a_dispute_forestalled_says_so_and_what_follows(shop: OpenShop, won: bool) -> None:
    """The bank was faster than the news of it. Guard: Stripe's own word for it is heard."""
    page = await page_is_open(shop)
    shop.simulator.stripe.pay(page)
    await shop.ann.taps("I have paid")
    await shop.tick()
    dispute = shop.simulator.stripe.dispute(next(iter(shop.simulator.stripe.account.charges)))

    await shop.olga.says("/refund 1")
    await shop.olga.taps("💸 Give")
    assert shop.olga.sees("€9.40: not given back, the customer’s bank disputes the payment and decides")
    assert not shop.olga.sees("can be tried anew")
    await shop.tick()
    assert shop.ann.sees("only your bank decides where the money goes")
    assert shop.oscar.sees("Until then do not give it back in another way")
    await shop.passes(minutes=15)
    assert not shop.oscar.sees("and nothing is sent for it")  # nobody can give it back now

    shop.simulator.stripe.close_dispute(dispute.id, won=won)
    await shop.passes(minutes=15)
    if won:
        await shop.olga.says("/refund 1")
        await shop.olga.taps("💸 Give")
    await shop.tick()
    assert await books(shop) == ("cancelled", TOTAL, TOTAL)
    assert at_stripe(shop)[1] == ([TOTAL] if won else [])
    await shop.keeps_its_promises()


async def test_an_order_whose_dispute_was_lost_before_it_was_sent_can_be_cancelled(shop: OpenShop) -> None:
    page = await page_is_open(shop)
    shop.simulator.stripe.pay(page)
    await shop.ann.taps("I have paid")
    dispute = shop.simulator.stripe.dispute(next(iter(shop.simulator.stripe.account.charges)))
    shop.simulator.stripe.close_dispute(dispute.id, won=False)
    await shop.passes(minutes=15)

    await shop.olga.says("/cancel 1 disputed")
    await shop.olga.taps("Cancel the order")

    assert (await books(shop))[0] == "cancelled"
    assert await stock(shop) == (2, 0)
    await shop.keeps_its_promises()


async def test_a_wrong_amount_for_an_expired_order_does_not_promise_that_it_can_be_paid(shop: OpenShop) -> None:
    page = await page_is_open(shop)
    cheaper(shop.simulator.stripe.account.session(page))
    stripe_is_away(shop)
    shop.simulator.stripe.pay(page)
    await shop.passes(hours=2)
    await stripe_is_back(shop)

    told = next(one for one in shop.ann.chat.said if "is not its price" in one.words)
    assert "does not wait for a payment any more" in told.words
    assert "can still be paid" not in told.words
    assert not any("Pay" in label for label in told.labels)
    assert at_stripe(shop) == ([840], [840])
    await shop.keeps_its_promises()


async def test_cash_is_given_back_when_its_seller_says_so_and_not_before(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", price=450, stock=2, category=await a_category(session, "Tea"))
    for person in (shop.olga, shop.oscar):
        await person.says("/start")
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Post")
    await shop.tick()
    await shop.olga.taps("Accept")
    await shop.tick()
    assert shop.ann.sees("Cash on delivery — not paid yet")
    await shop.olga.taps("The money came")
    await shop.tick()
    assert shop.ann.sees("Cash on delivery — paid")
    assert not shop.ann.sees("not paid yet")
    await shop.olga.says("/refund 1 1.40")
    await shop.olga.taps("💸 Give")
    assert "I gave €1.40 back" in " ".join(shop.olga.keyboard)
    await shop.tick()
    assert not shop.olga.sees("Please give €1.40 for order 1 back by hand")  # she has just read it: no second message
    assert not shop.oscar.sees("by hand")

    await shop.ann.says("/start")
    await shop.ann.taps("My orders", "1 ·")
    assert "Still to be given back: €1.40" in shop.ann.text
    assert "Given back" not in shop.ann.text

    await shop.olga.says("/refund 1")
    await shop.olga.taps("💸 Give")
    await shop.tick()
    assert shop.ann.sees("The seller gives your money back by hand")
    assert not shop.ann.sees("on its way back")
    await shop.olga.taps("I gave €1.40 back")
    await shop.tick()
    rows = [[key["text"] for key in row] for row in shop.ann.chat.said[-1].keyboard or ()]
    assert ["💬 Write to the seller"] in rows  # beside another button a phone cuts its words off
    await shop.ann.says("/start")
    await shop.ann.taps("My orders", "1 ·")
    assert "Given back: €1.40" in shop.ann.text
    assert "Still to be given back: €8.00" in shop.ann.text
    assert shop.ann.sees("€1.40 of order 1 was given back to you by hand, says the seller")
    await shop.olga.taps("I gave €8.00 back")
    await shop.keeps_its_promises()


async def test_a_key_that_is_refused_is_told_to_the_operators_once_and_to_customers_as_what_it_is(
    counter: Counter,
) -> None:
    tea = await counter.stock_up()
    counter.till.trouble = [KeyRefused("refused"), KeyRefused("refused"), ProviderError("away")]
    order = await counter.order(tea)

    broken = []
    for _ in range(3):
        with pytest.raises(ProviderUnavailable) as refusal:
            await counter.open(order)
        broken.append(refusal.value.data["broken"])

    assert broken == [True, True, False]
    assert await counter.told(OSCAR, "operator_alert") == [{"text_code": "key_refused", "provider": "pretend"}]


async def test_the_reconciler_tells_of_a_refused_key_too_and_no_word_repeats_it(counter: Counter) -> None:
    """Stripe's own words repeat the beginning of the key."""
    await counter.stock_up()
    async with pretend_stripe(counter.clock, key="pk_live_pretend_of_another_kind") as (_, stripe):
        counter.others["stripe"] = stripe
        (difference,) = await reconcile.reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert difference.detail == "Stripe refuses the key (401)"
    assert [row["text_code"] for row in await counter.told(OSCAR, "operator_alert")] == ["key_refused"]

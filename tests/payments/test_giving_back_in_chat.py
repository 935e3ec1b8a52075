"""A seller who gives money back reads which goods go on the shelf again, and how the money really stands."""

import pytest

from shop.payments.giving import Wish, decide
from tests.payments.test_charges_in_chat import at_stripe, books, page_is_open, stock, stripe_is_away, stripe_is_back
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def sold(shop: OpenShop) -> None:
    """Ann has paid for a tea."""
    session_id = await page_is_open(shop, stock=5)
    shop.simulator.stripe.pay(session_id)
    await shop.ann.taps("I have paid")
    await shop.tick()


async def test_the_goods_are_named_before_they_go_back_and_a_part_of_the_money_moves_none(shop: OpenShop) -> None:
    await sold(shop)
    assert await stock(shop) == (4, 0)

    await shop.olga.says("/refund 1 1.50 restock")
    assert shop.olga.sees("goes with all the money (€9.40) only. Nothing was given back")
    assert at_stripe(shop)[1] == []
    await shop.olga.says("/refund 1 1.50")
    await shop.olga.taps("💸 Give")
    assert at_stripe(shop)[1] == [150]
    assert await stock(shop) == (4, 0)

    await shop.olga.taps("Money of order 1", "Give back and restock")
    assert "Give €7.90 of order 1 back?" in shop.olga.text
    assert "📦 Back into stock:\n• 1 × Green tea" in shop.olga.text
    assert await stock(shop) == (4, 0)
    await shop.olga.taps("Give €7.90 back")
    assert "📦 Back in stock:\n• 1 × Green tea" in shop.olga.text
    await shop.tick()

    assert await stock(shop) == (5, 0)
    assert await books(shop) == ("cancelled", 940, 940)
    await shop.keeps_its_promises()


async def test_money_alone_says_nothing_of_goods(shop: OpenShop) -> None:
    await sold(shop)

    await shop.olga.says("/refund 1 1.50")
    await shop.olga.taps("💸 Give")
    await shop.olga.taps("Money of order 1", "Give everything back")
    assert "stock" not in shop.olga.text
    await shop.olga.taps("Give €7.90 back")

    assert "stock" not in shop.olga.text
    assert await stock(shop) == (4, 0)


async def test_the_way_to_the_money_of_an_order_has_a_row_to_itself(shop: OpenShop) -> None:
    """Beside another button a phone cuts its words off."""
    await sold(shop)

    await shop.olga.says("/refund 1 1.50")
    await shop.olga.taps("💸 Give")

    rows = [[key["text"] for key in row] for row in shop.olga.screen.keyboard or ()]
    assert ["💳 Money of order 1"] in rows


async def test_a_refund_that_the_schedule_took_up_first_is_on_its_way_and_one_without_an_answer_is_not(
    shop: OpenShop,
) -> None:
    """That Stripe does not answer is said only when it was asked."""
    await sold(shop)
    async with shop.db.begin() as session:
        await decide(session, Wish(1, "owner:1", amount=150), {}, now=shop.clock.now())

    await shop.olga.taps("Money of this order")
    assert "€1.50: on its way" in shop.olga.text
    assert "does not answer" not in shop.olga.text

    stripe_is_away(shop)
    await shop.tick()
    await shop.olga.taps("‹ Back", "Money of this order")
    assert "€1.50: the payment service does not answer yet" in shop.olga.text
    await stripe_is_back(shop)
    assert at_stripe(shop)[1] == [150]
    await shop.keeps_its_promises()

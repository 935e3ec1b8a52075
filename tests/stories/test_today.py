"""Olga begins her day: what came, what waits, what runs out, and how yesterday went."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from db.models import Payment
from tests.stories.test_an_order import bought, opened
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def paid_yesterday(shop: OpenShop) -> None:
    """The money of everything so far came a day ago."""
    async with shop.db.begin() as session:
        await session.execute(update(Payment).values(payment_date=shop.clock.now() - timedelta(days=1)))


async def test_the_first_look_of_the_day_leads_to_everything_that_it_counts(shop: OpenShop) -> None:
    await opened(shop)
    await shop.olga.says("/today")
    assert "🛎 New orders: 0" in shop.olga.text
    assert "Yesterday: nothing sold" in shop.olga.text

    await bought(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("Is it wrapped?")
    await shop.settle()
    await shop.olga.says("/today")
    assert "🛎 New orders: 1" in shop.olga.text
    assert "💬 Unanswered: 1" in shop.olga.text

    await shop.olga.taps("💬 Unanswered (1)")
    assert "Is it wrapped?" in shop.olga.text
    await shop.olga.says("/today")
    await shop.olga.taps("🚚 To do (1)")
    await shop.olga.taps("Ann")
    assert "Order 1" in shop.olga.text
    await shop.keeps_its_promises()


async def test_yesterday_stands_beside_the_day_before_and_is_each_sellers_own(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await paid_yesterday(shop)

    await shop.olga.says("/today")
    told = shop.olga.text
    await shop.ivan.says("/today")
    await shop.oscar.says("/today")

    assert "(1 order)" in told
    assert "the day before: nothing sold" in told
    assert "Yesterday: nothing sold" in shop.ivan.text
    assert "(1 order)" in shop.oscar.text


async def test_a_customer_has_no_such_day(shop: OpenShop) -> None:
    await opened(shop)
    await shop.ann.says("/today")
    assert "I do not know this command" in shop.ann.text
    await shop.ann.forges("td")
    assert "Today" not in shop.ann.text

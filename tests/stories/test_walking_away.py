"""A customer leaves a question open and goes elsewhere: what is written there is no answer to it."""

import pytest
from sqlalchemy import select

from db.models import Review
from tests.payments.tea import orders_with_note, sell_tea, to_checkout
from tests.stories.test_an_order import arrived, bought, opened
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def looks_for_tea(shop: OpenShop) -> None:
    """Ann goes to the first screen, taps Search, and finds what she writes."""
    await shop.ann.says("/start")
    await shop.ann.taps("Search")
    await shop.ann.says("green")
    assert any("Green tea" in label for label in shop.ann.keyboard)


async def test_what_is_looked_for_is_no_review(shop: OpenShop) -> None:
    await arrived(shop)
    await shop.ann.taps("★ 4")

    await looks_for_tea(shop)

    async with shop.db.read() as session:
        assert (await session.scalars(select(Review.comment))).one() is None
    await shop.ann.says("/myorders")
    await shop.ann.taps("Completed", "Rate it", "Say why")
    await shop.ann.says("Good tea")
    assert "\nGood tea\n" in shop.ann.text
    await shop.ann.taps("★ 5")
    assert "Write it here" not in shop.ann.text  # there are words already
    await shop.ann.says("green")
    async with shop.db.read() as session:
        assert (await session.scalars(select(Review.comment))).one() == "Good tea"


async def test_stars_do_not_end_a_note(shop: OpenShop) -> None:
    await arrived(shop)
    request = shop.ann.screen
    await to_checkout(shop)
    await shop.ann.taps("Add a note")
    await shop.ann.says("Ring twice")

    await shop.ann.taps("★ 4", on=request)
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out")

    assert "Ring twice" in shop.ann.text


async def test_what_is_looked_for_is_no_complaint(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.ann.taps("Problem with this order")

    await looks_for_tea(shop)
    await shop.tick()

    assert "green" not in shop.olga.newest


async def test_what_is_looked_for_is_no_note(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Add a note")

    await looks_for_tea(shop)

    assert await orders_with_note(shop) is None


async def test_a_note_that_was_written_stays(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Add a note")
    await shop.ann.says("Ring twice")

    await looks_for_tea(shop)

    assert await orders_with_note(shop) == "Ring twice"


@pytest.mark.parametrize("way", ["Back", "elsewhere"])
async def test_a_note_that_was_not_changed_after_all_stays(shop: OpenShop, way: str) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Add a note")
    await shop.ann.says("Ring twice")
    await shop.ann.taps("Change the note")

    if way == "Back":
        await shop.ann.taps("Back")
        assert "Ring twice" in shop.ann.text
    else:
        await looks_for_tea(shop)

    assert await orders_with_note(shop) == "Ring twice"


async def test_a_note_is_changed(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Add a note")
    await shop.ann.says("Ring twice")
    await shop.ann.taps("Change the note")
    assert "Now: Ring twice" in shop.ann.text
    await shop.ann.says("Ring once")

    assert await orders_with_note(shop) == "Ring once"


async def test_a_note_is_not_waited_for_all_day(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Add a note")

    await shop.passes(minutes=20)
    await shop.ann.says("green")

    assert any("Green tea" in label for label in shop.ann.keyboard)


async def test_what_is_looked_for_is_no_address(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "Germany")

    await looks_for_tea(shop)

    await shop.ann.says("/myorders")
    await shop.ann.taps("€4.50")
    assert "Waiting for the address" in shop.ann.text
    await shop.ann.taps("Go on", "Cash on delivery")
    assert "Who receives it?" in shop.ann.text  # where she was

"""The shop is asked to stop while somebody's tap is in hand."""

import asyncio

import pytest

from tests.stories.test_an_order import opened
from tests.world.shop import OpenShop


@pytest.mark.sqlite_alone
async def test_a_tap_in_hand_is_served_before_the_shop_closes(shop: OpenShop) -> None:
    """Guard: closing takes nothing more in, finishes what is in hand, and only then hangs up."""
    await opened(shop)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea")
    async with asyncio.TaskGroup() as group, shop.db.begin():  # SQLite has one writer: whoever writes waits for us
        await shop.ann.taps("Add to cart", hurried=True)
        while not shop.front.bot.waiting:
            await asyncio.sleep(0)
        closing = group.create_task(shop.close())
        await asyncio.sleep(0.05)
        assert not closing.done()

    assert any("1 in the cart" in label for label in shop.ann.keyboard)
    await shop.open()

"""Olga has her first look of the day come by itself."""

import pytest

from tests.stories.test_an_order import bought, opened
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_the_look_comes_at_the_chosen_hour_when_there_is_something_to_say(shop: OpenShop) -> None:
    await opened(shop)
    await shop.olga.says("/today")
    await shop.olga.taps("🕗 Daily")
    await shop.olga.forges("tds:p")  # 25 o'clock
    await shop.olga.says("/today")
    await shop.olga.taps("🕗 Daily")
    await shop.olga.taps("10:00")
    assert "It comes at 10:00." in shop.olga.text
    await shop.olga.taps("‹ Back")
    assert "🕗 10:00" in shop.olga.keyboard

    before = shop.olga.newest
    await shop.passes(hours=1)
    assert shop.olga.newest == before  # nothing came yet

    await bought(shop)
    await shop.passes(hours=20)
    before = shop.olga.newest
    assert "Today" not in before
    await shop.passes(hours=4)
    assert "🚚 To do: 1" in shop.olga.newest
    assert "Yesterday: €" in shop.olga.newest
    await shop.olga.says("/help")
    await shop.passes(minutes=10)
    assert "To do" not in shop.olga.newest

    await shop.olga.says("/today")
    await shop.olga.taps("🕗 10:00")
    await shop.olga.taps("Not any more")
    await shop.olga.says("/help")
    await shop.passes(days=1)
    assert "To do" not in shop.olga.newest

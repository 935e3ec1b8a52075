"""Olga opens the desk out of the chat."""

import pytest

from tests.stories.test_an_order import opened
from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database


async def test_a_shop_without_a_desk_says_so(shop: OpenShop) -> None:
    await opened(shop)
    await shop.olga.says("/dashboard")
    assert "has no desk in a browser yet" in shop.olga.text
    await shop.oscar.says("/dashboard")
    assert "[desk] url" in shop.oscar.text
    await shop.ann.says("/dashboard")
    assert "I do not know this command" in shop.ann.text


async def test_each_link_is_another_one_and_leads_to_the_desk(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, desk=True) as shop:
        await opened(shop)
        await shop.olga.says("/dashboard")
        assert "signs you in, once" in shop.olga.text
        first = _link(shop)
        await shop.olga.taps("↻ Another link")
        assert _link(shop).startswith(f"{shop.config.desk.url}/in/")
        assert _link(shop) != first


def _link(shop: OpenShop) -> str:
    return next(str(key["url"]) for row in shop.olga.screen.keyboard or () for key in row if "url" in key)

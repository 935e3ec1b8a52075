"""Olga sleeps: what can wait waits until the morning."""

import pytest

from tests.stories.test_an_order import bought, opened
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_at_night_orders_come_and_words_wait_until_the_morning(shop: OpenShop) -> None:
    await opened(shop)
    await shop.olga.says("/today")
    await shop.olga.taps("🌙 Quiet hours")
    await shop.olga.forges("tdw:9:9")  # no hours at all
    await shop.olga.says("/today")
    await shop.olga.taps("🌙 Quiet hours")
    await shop.olga.taps("22:00–07:00")
    await shop.olga.taps("From 22:00")
    await shop.olga.taps("20:00")
    assert "wait from 20:00 to 07:00" in shop.olga.text
    assert "Orders come at once." in shop.olga.text
    await shop.olga.taps("‹ Back")
    assert "🌙 20:00–07:00" in shop.olga.keyboard

    await shop.passes(hours=12)
    await bought(shop)
    await shop.tick()
    assert "Order 1" in shop.olga.newest
    heard = len(shop.olga.chat.messages)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("Is it wrapped?")
    await shop.tick()
    await shop.passes(hours=9, minutes=59)
    assert len(shop.olga.chat.messages) == heard
    await shop.passes(minutes=1)
    assert len(shop.olga.chat.messages) == heard + 1
    assert "Is it wrapped?" in shop.olga.newest
    await shop.keeps_its_promises()

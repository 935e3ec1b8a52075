"""A seller writes news: to whom it goes, a test, out it goes, somebody wants no more, and what came of it."""

import pytest

from shop import doctor
from tests.shop.buying import place
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, OLGA, user
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_news_go_to_those_who_ordered_until_they_want_no_more(shop: OpenShop) -> None:
    for person in (shop.olga, shop.ann, shop.bob, shop.eve, shop.ivan):
        await person.says("/start")
    async with shop.db.begin() as session:
        await user(session, OLGA)
        tea = await a_product(session, "Sencha", price=1000, stock=50)
        for someone in (ANN, BOB):
            await place(session, await user(session, someone), tea)
    await shop.olga.says("/broadcast")
    await shop.olga.taps("Write news")
    await shop.olga.says("Tea <b> & cake")
    assert "2 people" in shop.olga.newest
    await shop.olga.taps("Left a cart")
    assert "0 people" in shop.olga.newest
    await shop.olga.taps("Left a cart", "Send it to me")
    assert "Tea <b> & cake" in shop.olga.newest
    await shop.olga.taps("Back")
    await shop.olga.taps("📤 Send")
    assert "Send this to 2 people?" in shop.olga.newest
    await shop.olga.taps("Send it")
    await shop.tick()

    assert "Tea <b> & cake" in shop.ann.newest
    assert "Tea" not in shop.eve.newest
    await shop.ann.taps("No more news")
    await shop.ann.taps("Send me news again")
    await shop.ann.taps("No more news")
    await shop.ivan.forges(shop.ann.callback_data("again"))
    assert "Tea" not in shop.ivan.newest
    await shop.tick()
    await shop.olga.says("/broadcast")
    await shop.olga.taps("Tea")
    assert "Delivered: 2" in shop.olga.newest
    assert "Want no more news: 1" in shop.olga.newest

    await shop.olga.says("/broadcast")
    await shop.olga.taps("Write news")
    await shop.olga.says("More cake")
    assert "1 person" in shop.olga.newest
    async with shop.db.read() as session:
        assert await doctor.check(session, now=shop.clock.now()) == []

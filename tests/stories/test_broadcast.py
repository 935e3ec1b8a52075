"""A seller writes news: to whom it goes, a test, out it goes, somebody wants no more, and what came of it."""

import pytest
from sqlalchemy import update

from db.models import Order
from shop import doctor
from tests.bot.screens.selling.test_products_add import a_picture
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
    await shop.olga.taps("For whom", "Left a cart")
    assert "0 people" in shop.olga.newest
    await shop.olga.taps("Left a cart", "Back", "Send it to me")
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


async def test_a_formatted_photo_goes_to_the_buyers_of_a_product_at_its_time_and_shows_how_far_it_is(
    shop: OpenShop,
) -> None:
    olga, ann, bob = shop.olga, shop.ann, shop.bob
    for person in (olga, ann, bob):
        await person.says("/start")
    async with shop.db.begin() as session:
        await user(session, OLGA)
        tea = await a_product(session, "Sencha", price=1000, stock=50)
        pot = await a_product(session, "Pot", price=1000, stock=50)
        for someone, goods in ((ANN, tea), (BOB, pot)):
            await place(session, await user(session, someone), goods)
        await session.execute(update(Order).values(expires_at=None))  # they stay customers while time passes
    await olga.says("/broadcast")
    await olga.taps("Write news")
    await olga.shows_photo(a_picture(), "🍵 **New harvest** <b>, 20 % off")
    assert "with a photo" in olga.text
    await olga.taps("For whom", "Bought a product")
    await olga.says("sen")
    await olga.taps("Sencha")
    assert "1 person" in olga.text
    await olga.taps("Away 90 days")
    assert "0 people" in olga.text
    await olga.taps("Away 90 days", "Back", "Send later")
    await olga.says("25:00")
    assert "Write a time" in olga.newest
    await olga.taps("‹ Back", "Send later")
    await olga.says("23:30")
    assert "Goes out by itself" in olga.newest
    await olga.taps("Do not send", "Send later")
    await olga.says("23:45")
    await shop.tick()
    assert "harvest" not in ann.newest
    await shop.passes(hours=24)
    last = ann.chat.said[-1]
    assert last.words.startswith("🍵 New harvest <b>, 20 % off")
    assert last.photo is not None
    assert last.caption is not None
    assert [(one.type, one.offset, one.length) for one in last.caption.entities] == [("bold", 3, 11)]
    assert "harvest" not in bob.newest
    await ann.taps("No more news")
    assert ann.chat.said[-1].photo is not None
    await olga.says("/broadcast")
    await olga.taps("harvest")
    assert "Delivered: 1" in olga.text


async def test_the_sellers_message_says_how_far_it_is_until_they_leave_it(shop: OpenShop) -> None:
    olga = shop.olga
    for person in (olga, shop.ann):
        await person.says("/start")
    async with shop.db.begin() as session:
        await user(session, OLGA)
        await place(session, await user(session, ANN), await a_product(session, "Sencha", stock=50))
    for left in (False, True):
        await olga.says("/broadcast")
        await olga.taps("Write news")
        await olga.says(f"Tea {left}")
        await olga.taps("📤 Send", "Send it")
        assert "Delivered" not in olga.text
        if left:
            await olga.taps("‹ Back")
        await shop.tick()
        assert ("Delivered: 1" in olga.text) is not left

"""Reading what others said: newest first, a page at a time, and long words never push others off the page."""

import pytest

from db.session import Database
from shop import orders, reviews
from tests.bot.conftest import Meet
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, Someone, user

pytestmark = pytest.mark.one_database
BUYERS = [Someone(7000 + number, f"Buyer {number}", f"buyer{number}") for number in range(7)]


async def reviewed(database: Database, comment: str) -> int:
    """A tea that seven people bought and reviewed; its id."""
    async with database.begin() as session:
        tea, olga = await a_product(session, "Sencha", stock=10), await user(session, OLGA)
        for buyer in BUYERS:
            person = await user(session, buyer)
            order = await place(session, person, tea)
            await pay(session, order)
            await orders.complete(session, olga, order.id, now=START)
            await reviews.rate(session, person, tea.id, 4, now=START)
            await reviews.comment(session, person, tea.id, comment, now=START)
    return tea.id


async def test_reviews_are_read_page_by_page_and_lead_back(meet: Meet, database: Database) -> None:
    tea = await reviewed(database, "Fresh & <green>")
    ann = meet(ANN)
    await ann.says(f"/start p_{tea}")
    assert "★ 4 (7 reviews)" in ann.text

    await ann.taps("7 reviews")
    assert [f"Buyer {number}" in ann.text for number in range(7)] == [False, False, True, True, True, True, True]
    assert "Fresh & <green>" in ann.text
    await ann.taps("Next")
    assert [f"Buyer {number}" in ann.text for number in range(7)] == [True, True, False, False, False, False, False]
    await ann.taps("Previous")
    assert "Buyer 6" in ann.text
    await ann.taps("‹ Back")
    assert any("Add to cart" in label for label in ann.keyboard)


async def test_five_long_reviews_are_all_on_their_page(meet: Meet, database: Database) -> None:
    tea = await reviewed(database, "words " * 160)
    ann = meet(ANN)
    await ann.says(f"/start p_{tea}")

    await ann.taps("7 reviews")

    assert all(f"Buyer {number}" in ann.text for number in range(2, 7))
    assert ann.text.count("…") == 5  # each is cut, none is pushed out

"""How often the books are compared must not show in the memory."""

from datetime import timedelta

import pytest

from db.session import Database
from shop.payments import ledger
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.counting import statements
from tests.world.goods import a_product
from tests.world.people import Someone, user

pytestmark = pytest.mark.one_database


async def test_one_order_more_is_asked_about_in_the_same_words(database: Database) -> None:
    """Guard: orders are looked at by so many place holders as the next power of two; drivers keep every text."""
    asked: dict[int, set[str]] = {}
    async with database.begin() as session:
        tea = await a_product(session, stock=20)
    for number in range(1, 9):
        async with database.begin() as session:
            await pay(
                session, await place(session, await user(session, Someone(7000 + number, "B", f"b{number}")), tea)
            )
        with statements(database) as said:
            async with database.read() as session:
                found = await ledger.compare(session, now=START, since=START - timedelta(days=1))
        asked[number] = set(said)
        assert len(found) == number  # goods on their way without a payment, each told once

    assert asked[5] == asked[6] == asked[7] == asked[8] != asked[4]

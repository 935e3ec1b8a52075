"""Keeping people away, in the chat: by an order, a name or an id; asked once; undone by a tap."""

import pytest

from db.session import Database
from tests.bot.conftest import Meet
from tests.shop.buying import place
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, EVE, OLGA, OSCAR, user

pytestmark = pytest.mark.one_database


async def _ordered(database: Database) -> tuple[int, int]:
    async with database.begin() as session:
        tea = await a_product(session, stock=9)
        order = await place(session, await user(session, EVE), tea)
        return order.id, tea.id


@pytest.mark.parametrize("form", ["{order}", "#{order}", "@EVE", "1006"])
async def test_a_seller_bans_a_customer_and_lets_them_back_in(meet: Meet, database: Database, form: str) -> None:
    order_id, product_id = await _ordered(database)
    olga, eve = meet(OLGA), meet(EVE)

    await olga.says(f"/ban {form.format(order=order_id)}")
    assert "Eve\n@eve\nTelegram id: 1006" in olga.text
    assert "1 open order stays" in olga.text
    await olga.taps("Yes")
    assert "Eve (@eve) cannot order" in olga.text

    await eve.says(f"/start p_{product_id}")
    await eve.taps("cart")
    assert "Olga does not take orders or messages from you" in eve.toast
    await olga.says("/unban")
    await olga.taps("✅ Eve")
    assert "Nobody" in olga.text
    await eve.says(f"/start p_{product_id}")
    await eve.taps("cart")
    assert "does not take" not in eve.text


async def test_a_seller_finds_only_their_customers_and_an_operator_everybody(meet: Meet, database: Database) -> None:
    await _ordered(database)
    olga, oscar, bob = meet(OLGA), meet(OSCAR), meet(BOB)
    for form in ("@bob", "1002", "99999999999999999999", "@"):
        await olga.says(f"/ban {form}")
        assert "I find nobody" in olga.text
    await oscar.says("/ban @bob")
    assert "in the whole shop?" in oscar.text
    await oscar.taps("Yes")
    assert "The shop takes no orders from" in oscar.text
    await bob.says("/ban @ann")
    assert "I do not know this command" in bob.text


async def test_the_page_of_an_order_has_the_key(meet: Meet, database: Database) -> None:
    await _ordered(database)
    olga = meet(OLGA)
    await olga.says("/orders")
    await olga.taps("Eve", "Take no more orders")
    assert "Take no more orders from this person?" in olga.text
    await olga.taps("Back")
    assert "Eve (@eve)" in olga.text
    await meet(ANN).says("/start")

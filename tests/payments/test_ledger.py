"""How often the books are compared, and how many orders a week had, must not show in the memory."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment, PaymentAttempt
from db.session import Database
from shop.payments import ledger
from shop.payments.touched import touched
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.counting import statements
from tests.world.goods import a_product
from tests.world.people import Someone, user

YESTERDAY = START - timedelta(days=1)
LAST_WEEK = START - timedelta(days=7)


async def orders(database: Database, count: int, *, first: int = 1) -> list[int]:
    """So many orders, each of somebody else, whose goods are on their way without a payment: each a difference."""
    made = []
    for number in range(first, first + count):
        async with database.begin() as session:
            tea = await a_product(session)
            order = await place(session, await user(session, Someone(7000 + number, "B", f"b{number}")), tea)
            await pay(session, order)
            made.append(order.id)
    return made


async def changed_at(session: AsyncSession, order_ids: list[int], when: datetime) -> None:
    """The orders as if something had happened to them then."""
    await session.execute(update(Order).where(Order.id.in_(order_ids)).values(updated_at=when))


@pytest.mark.one_database
async def test_however_many_orders_are_asked_about_in_the_same_words(database: Database) -> None:
    """Guard: orders are looked at by the same number of place holders; drivers keep every text."""
    asked = []
    for first, count in ((1, 1), (2, 1), (3, 3)):
        await orders(database, count, first=first)
        with statements(database) as said:
            async with database.read() as session:
                found = await ledger.compare(session, now=START, since=YESTERDAY)
        assert [one.order_id for one in found] == list(range(1, first + count))
        asked.append(said)

    assert asked[0] == asked[1] == asked[2]


async def test_many_orders_are_looked_at_a_few_at_once(database: Database) -> None:
    """Guard: orders that were changed are read page by page; those of a busy week at once were megabytes."""
    made = await orders(database, 6)
    async with database.begin() as session:
        await changed_at(session, made[3:], START - timedelta(hours=2))  # three in the same moment
        await changed_at(session, made[1:2], LAST_WEEK)
        await changed_at(session, made[2:3], START + timedelta(seconds=1))  # while we look: seen the next time

    with statements(database) as said:
        async with database.read() as session:
            pages = [(ids, len(said)) async for ids in touched(session, YESTERDAY, START, at_once=2)]

    assert pages == [(made[3:5], 1), ([made[5], made[0]], 2)]


async def test_an_old_order_is_looked_at_once_when_only_its_money_was_changed(database: Database) -> None:
    """Its sum and its two charges were written today: that is one order to look at, and the one beside it is none."""
    quiet, shown = await orders(database, 2)
    charge = {"order_id": shown, "currency": "EUR", "created_at": LAST_WEEK, "updated_at": START}
    async with database.begin() as session:
        await changed_at(session, [quiet, shown], LAST_WEEK)
        session.add(Payment(**charge, amount=0))
        session.add_all(
            PaymentAttempt(**charge, provider="cash", idempotency_key=f"{number}", amount=450, request={})
            for number in range(2)
        )

    async with database.read() as session:
        seen = [set(ids) async for ids in touched(session, YESTERDAY, START)]

    assert seen == [{shown}]

"""Ordering and leaving at once: an order whose customer is gone cannot come about, on any database."""

import asyncio
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Departure, Order, User
from db.session import Database
from shop import carts, doctor
from shop.carts import locking
from shop.checkout import Terms
from shop.checkout.buying_now import Wanted, place_now
from shop.refusals import CartChanged, CartEmpty, NotFound
from tests.shop.buying import HOLD, ROOMY, check_out
from tests.shop.privacy.test_departing import leave
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import BOB, user

TRIES = 12


async def test_nobody_orders_and_leaves_at_once(database: Database) -> None:
    """Bought at once and out of the cart: either the order stands and nobody left, or they left without one."""
    async with database.begin() as session:
        tea = await a_product(session, stock=100)
        people = [
            User(telegram_id=9000 + n, name="P", created_at=START, updated_at=START, seen_at=START)
            for n in range(TRIES)
        ]
        session.add_all(people)
        await session.flush()
        for person in people[::2]:
            await carts.set_quantity(session, person, tea.id, 1, now=START)

    async def place_one(session: AsyncSession, person: User, *, at_once: bool) -> None:
        terms = Terms(payment_method=None, note=None, policy=ROOMY, hold=HOLD, now=START)
        if at_once:
            await place_now(session, person, Wanted(tea.id, 1, 7), total=450, place=None, terms=terms)
        else:
            await check_out(session, person, tea)

    async def buys(person: User, *, at_once: bool) -> None:
        with suppress(NotFound, CartChanged, CartEmpty):
            await database.transact(partial(place_one, person=person, at_once=at_once))

    works = [
        work
        for number, person in enumerate(people)
        for work in (buys(person, at_once=bool(number % 2)), leave(database, person))
    ]
    await asyncio.gather(*works)

    async with database.read() as session:
        left = set(await session.scalars(select(Departure.user_id)))
        ordered = set(await session.scalars(select(Order.user_id)))
        assert left & ordered == set()
        assert left | ordered == {person.id for person in people}
        assert await doctor.check(session, now=START) == []


async def test_who_leaves_waits_for_a_checkout_that_is_under_way(database: Database) -> None:
    async with database.begin() as session:
        bob, tea = await user(session, BOB), await a_product(session)
        await locking.lock(session, bob.id, START)
    terms = Terms(payment_method=None, note=None, policy=ROOMY, hold=HOLD, now=START)
    async with asyncio.TaskGroup() as group, database.begin() as session:
        await locking.lock(session, bob.id, START)
        leaving = group.create_task(leave(database, bob))
        await asyncio.wait({leaving}, timeout=0.3)
        order = await place_now(session, bob, Wanted(tea.id, 1, 7), total=450, place=None, terms=terms)

    assert [one.id for one in leaving.result().orders] == [order.id]


async def test_who_left_cannot_order(database: Database) -> None:
    async with database.begin() as session:
        bob, tea = await user(session, BOB), await a_product(session)
    assert not await leave(database, bob)

    terms = Terms(payment_method=None, note=None, policy=ROOMY, hold=HOLD, now=START)
    async with database.begin() as session:
        with pytest.raises(NotFound):
            await place_now(session, bob, Wanted(tea.id, 1, 7), total=450, place=None, terms=terms)

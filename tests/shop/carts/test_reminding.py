"""A cart that was left is spoken of once: not after a purchase, not to who refused, and anew only after buying."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from db.models import Notification
from db.session import Database
from shop import carts
from shop.carts.reminding import remind
from shop.people import optouts
from tests.shop.buying import ROOMY, check_out, place
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, EVE, user

pytestmark = pytest.mark.one_database

DAY = replace(ROOMY, cart_reminder=timedelta(hours=24))


async def test_one_reminder_a_cart(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        ann, bob, eve = [await user(session, who) for who in (ANN, BOB, EVE)]
        tea, scarf = await a_product(session, stock=50), await a_product(session, "Scarf", stock=50)
        for person in (ann, bob, eve):
            await carts.set_quantity(session, person, tea.id, 1, now=clock.now())
        await optouts.set_wanted(session, eve, optouts.CART, wanted=False, now=START)
    assert await remind(database, clock, ROOMY) == 0  # the shop did not ask for it
    assert await remind(database, clock, DAY) == 0  # not yet
    clock.pass_by(hours=20)
    async with database.begin() as session:
        await check_out(session, bob, tea, now=clock.now())
    clock.pass_by(hours=5)
    assert await remind(database, clock, DAY) == 1
    assert await remind(database, clock, DAY) == 0
    async with database.begin() as session:
        await carts.set_quantity(session, ann, scarf.id, 1, now=clock.now())
    clock.pass_by(hours=30)
    assert await remind(database, clock, DAY) == 0  # once is once

    async with database.begin() as session:
        await place(session, ann, tea, now=clock.now())
    clock.pass_by(hours=1)
    async with database.begin() as session:
        await carts.set_quantity(session, ann, tea.id, 1, now=clock.now())
    clock.pass_by(hours=25)
    assert await remind(database, clock, DAY) == 1  # another cart, after they bought
    async with database.read() as session:
        assert list(await session.scalars(select(Notification.user_id))) == [ann.id, ann.id]


async def test_what_was_left_long_ago_is_left(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session)
        await carts.set_quantity(session, ann, tea.id, 1, now=clock.now())
    clock.pass_by(hours=24 * 30)
    assert await remind(database, clock, DAY) == 0

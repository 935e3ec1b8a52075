"""Fans hear of it: all of them, bounded a tick, once, and nobody who cannot or does not want to."""

import asyncio

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Favourite, Inventory, Notification, Product, User
from db.session import Database
from shop import favourites
from shop.people import optouts
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, BOB, EVE, user

FANS = 1000


async def told(database: Database) -> list[tuple[int, str]]:
    """Who was told what, in its order."""
    async with database.read() as session:
        query = select(Notification.user_id, Notification.kind).order_by(Notification.id)
        return [(row[0], row[1]) for row in await session.execute(query)]


async def _price(session: AsyncSession, product_id: int, price: int) -> None:
    await session.execute(update(Product).where(Product.id == product_id).values(price=price))


async def test_a_thousand_fans_hear_each_fall_once_in_bounded_ticks(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        tea = await a_product(session, price=450)
        people = [User(telegram_id=9000 + n, name=f"P{n}", created_at=START, updated_at=START) for n in range(FANS)]
        session.add_all(people)
        await session.flush()
        moments = dict.fromkeys(("told_at", "checked_at", "created_at"), START)
        liked = {"product_id": tea.id, "seen_price": 450, "is_out": False, **moments}
        await session.execute(insert(Favourite), [{"user_id": person.id, **liked} for person in people])
        await _price(session, tea.id, 400)
    clock.pass_by(hours=1)

    many = await favourites.tell_fans(database, clock)
    assert many == 500  # no more a tick
    await asyncio.gather(*(favourites.tell_fans(database, clock) for _ in range(2)), return_exceptions=True)
    while await favourites.tell_fans(database, clock):
        pass
    heard = await told(database)
    assert len(heard) == len({person for person, _ in heard}) == FANS

    clock.pass_by(hours=1)
    assert await favourites.tell_fans(database, clock) == 0
    clock.pass_by(hours=1)
    async with database.begin() as session:
        await _price(session, tea.id, 300)
    assert await favourites.tell_fans(database, clock) == 500


@pytest.mark.one_database
async def test_who_blocked_the_bot_or_wants_no_news_hears_none(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        ann, bob, eve = [await user(session, who) for who in (ANN, BOB, EVE)]
        tea, (scarf, kinds) = await a_product(session, price=450), await a_product_with_variants(session, price=2900)
        for person in (ann, bob, eve):
            assert await favourites.add(session, person, tea.id, now=START)
            assert await favourites.add(session, person, tea.id, now=START)  # tapped twice
        assert await favourites.add(session, ann, scarf.id, now=START)
        bob.reachable = False
        for kind in (optouts.CHEAPER, optouts.BACK):
            await optouts.set_wanted(session, eve, kind, wanted=False, now=START)
        await _price(session, tea.id, 400)
        await _price(session, kinds[1].id, 2500)
    clock.pass_by(hours=1)
    assert await favourites.tell_fans(database, clock) == 2
    assert await told(database) == [(ann.id, "favourite_cheaper"), (ann.id, "favourite_cheaper")]

    async with database.begin() as session:
        assert await session.scalar(select(func.count(Favourite.id))) == 4
        await session.execute(update(Inventory).where(Inventory.product_id == tea.id).values(quantity_in_stock=0))
    clock.pass_by(hours=1)
    assert await favourites.tell_fans(database, clock) == 0
    async with database.begin() as session:
        bob = await session.get_one(User, bob.id)
        bob.reachable = True
        await session.execute(update(Inventory).where(Inventory.product_id == tea.id).values(quantity_in_stock=9))
    clock.pass_by(hours=1)
    assert await favourites.tell_fans(database, clock) == 2
    assert {kind for _, kind in (await told(database))[2:]} == {"favourite_back"}

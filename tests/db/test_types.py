"""Columns keep what they were given, on every database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from db.models import Lease, Product, User
from db.session import Database
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, user

PRECISE = datetime(2026, 3, 2, 9, 0, 1, 234567, tzinfo=UTC)


async def test_times_keep_their_microseconds_and_their_zone(database: Database) -> None:
    berlin = PRECISE.astimezone(timezone(timedelta(hours=1)))
    async with database.begin() as session:
        session.add(Lease(name="tick", owner="me", lease_until=berlin, last_run_at=None))
    async with database.read() as session:
        lease = (await session.scalars(select(Lease))).one()
    assert lease.lease_until == PRECISE
    assert lease.lease_until.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with database.begin() as session:
            session.add(Lease(name="tick", owner="me", lease_until=PRECISE.replace(tzinfo=None)))


async def test_money_is_kept_to_the_last_unit(database: Database) -> None:
    async with database.begin() as session:
        product = await a_product(session, price=9_007_199_254_740_993)
    async with database.read() as session:
        assert (await session.get_one(Product, product.id)).price == 9_007_199_254_740_993


async def test_keys_are_compared_byte_by_byte(database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Ä", sku="Ä😀b")
        await a_product(session, "ä", sku="ä😀B")
    async with database.read() as session:
        found = (await session.scalars(select(Product.name).where(Product.sku == "ä😀B"))).all()
    assert found == ["ä"]


async def test_a_status_that_does_not_exist_is_refused(database: Database) -> None:
    async with database.begin() as session:
        await user(session, ANN)
    with pytest.raises((IntegrityError, DBAPIError)):
        async with database.begin() as session:
            await session.execute(text("UPDATE users SET role = 'emperor'"))


async def test_long_words_and_emoji_survive(database: Database) -> None:
    words = "Grüner Tee 🍵 " * 600
    async with database.begin() as session:
        product = await a_product(session)
        product.description = words
    async with database.read() as session:
        assert (await session.get_one(Product, product.id)).description == words


async def test_a_person_may_have_any_name(database: Database) -> None:
    async with database.begin() as session:
        ann = await user(session, ANN, now=START)
        ann.name = "안나 🌷"
    async with database.read() as session:
        assert (await session.get_one(User, ann.id)).name == "안나 🌷"

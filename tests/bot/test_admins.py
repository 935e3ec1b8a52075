"""Operators say who may sell."""

import pytest
from sqlalchemy import select

from db.models import Notification, Role, User
from db.session import Database
from tests.bot.conftest import Meet
from tests.world.people import ANN, BOB, IVAN, OLGA, OSCAR

pytestmark = pytest.mark.one_database


async def role_of(database: Database, telegram_id: int) -> Role | None:
    async with database.read() as session:
        return await session.scalar(select(User.role).where(User.telegram_id == telegram_id))


@pytest.mark.parametrize("who", ["@ann", "@ANN", "1001", "https://t.me/ann"])
async def test_a_person_is_appointed_by_name_or_id(meet: Meet, database: Database, who: str) -> None:
    oscar, ann = meet(OSCAR), meet(ANN)

    await oscar.says(f"/admins {who}")

    assert "Ann (@ann) may sell now" in oscar.text
    await ann.says("/products")
    assert "Your products" in ann.text
    async with database.read() as session:
        assert list(await session.scalars(select(Notification.kind))) == ["appointed"]


async def test_a_seller_is_dismissed_after_asking_back(meet: Meet, database: Database) -> None:
    oscar, olga = meet(OSCAR), meet(OLGA)
    await oscar.says("/admins")

    await oscar.taps("✕ Olga")
    assert await role_of(database, OLGA.telegram_id) is Role.ADMIN
    await oscar.taps("Dismiss")

    assert await role_of(database, OLGA.telegram_id) is Role.CUSTOMER
    await olga.says("/products")
    assert "I do not know this command" in olga.text


async def test_a_stranger_is_asked_for_again(meet: Meet, database: Database) -> None:
    oscar = meet(OSCAR)
    await oscar.says("/admins")

    await oscar.taps("Appoint")
    await oscar.says("@nobody")
    assert "nobody called “@nobody”" in oscar.text
    await oscar.says("@bob")

    assert await role_of(database, BOB.telegram_id) is Role.ADMIN


async def test_somebody_never_seen_may_be_appointed_by_id(meet: Meet, database: Database) -> None:
    oscar = meet(OSCAR)

    await oscar.says("/admins 777000111")

    assert await role_of(database, 777000111) is Role.ADMIN


async def test_owners_are_no_operators(meet: Meet, database: Database) -> None:
    ivan = meet(IVAN)

    await ivan.says("/admins @ann")

    assert "I do not know this command" in ivan.text
    assert await role_of(database, ANN.telegram_id) is Role.CUSTOMER

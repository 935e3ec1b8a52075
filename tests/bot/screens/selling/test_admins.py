"""Operators say who may sell."""

import json

import pytest
from sqlalchemy import select

from bot.words import words_for
from db.models import Notification, Role, User
from db.session import Database
from simulator.server import Simulator
from tests.bot.conftest import Meet
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, IVAN, OLGA, OSCAR, Someone, user

pytestmark = pytest.mark.one_database


async def role_of(database: Database, telegram_id: int) -> Role | None:
    async with database.read() as session:
        return await session.scalar(select(User.role).where(User.telegram_id == telegram_id))


@pytest.mark.parametrize("who", ["@ann", "@ANN", "1001", "https://t.me/ann"])
async def test_a_person_is_appointed_by_name_or_id(meet: Meet, database: Database, who: str) -> None:
    oscar, ann = meet(OSCAR), meet(ANN)

    await oscar.says(f"/admins {who}")
    assert await role_of(database, ANN.telegram_id) is Role.CUSTOMER
    assert "Shall this person sell here?\n\nAnn\n@ann\nTelegram id: 1001\nLast here: Mar 2, 2026" in oscar.text
    await oscar.taps("Yes")

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
    assert "no goods and no open orders" in oscar.text
    await oscar.taps("Dismiss")

    assert await role_of(database, OLGA.telegram_id) is Role.CUSTOMER
    await olga.says("/restock TEA +5")
    assert "I do not know this command" in olga.text


async def test_a_stranger_is_asked_for_again(meet: Meet, database: Database) -> None:
    oscar = meet(OSCAR)
    await oscar.says("/admins")

    await oscar.taps("Appoint")
    await oscar.says("@nobody")
    assert "nobody called “@nobody”" in oscar.text
    await oscar.says("@bob")
    await oscar.taps("Yes")

    assert await role_of(database, BOB.telegram_id) is Role.ADMIN


async def test_somebody_never_seen_may_be_appointed_by_id(meet: Meet, database: Database) -> None:
    oscar = meet(OSCAR)

    await oscar.says("/admins 777000111")
    assert "Nobody who was here before\nTelegram id: 777000111" in oscar.text
    await oscar.taps("Yes")

    assert await role_of(database, 777000111) is Role.ADMIN


async def test_owners_are_no_operators(meet: Meet, database: Database) -> None:
    ivan = meet(IVAN)

    await ivan.says("/admins @ann")

    assert "I do not know this command" in ivan.text
    assert await role_of(database, ANN.telegram_id) is Role.CUSTOMER


async def test_a_name_that_somebody_had_before_appoints_its_present_holder(meet: Meet, database: Database) -> None:
    oscar = meet(OSCAR)
    squatter = meet(Someone(5001, "Mallory", "New_Seller"))
    await squatter.says("/start")
    holder = meet(Someone(5002, "Nina", "new_seller"))
    await holder.says("/start")

    await oscar.says("/admins @NEW_seller")
    assert "Nina\n@new_seller\nTelegram id: 5002" in oscar.text
    await oscar.taps("Yes")

    assert await role_of(database, 5002) is Role.ADMIN
    assert await role_of(database, 5001) is Role.CUSTOMER


async def test_goods_and_orders_go_to_another_seller_from_the_list(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Ivan's cup", seller=IVAN)
    oscar, olga = meet(OSCAR), meet(OLGA)
    await oscar.says("/admins")

    await oscar.taps("✕ Ivan")
    assert "They have 1 product and 0 open orders. Who gets them?" in oscar.text
    await oscar.taps("To another seller", "Olga")

    assert "Ivan (@ivan) sells no more" in oscar.text
    await olga.says("/products")
    assert any("Ivan's cup" in label for label in olga.keyboard)


async def test_an_operator_is_not_dismissed_in_the_chat(meet: Meet, database: Database) -> None:
    oscar = meet(OSCAR)
    async with database.begin() as session:
        (await user(session, OSCAR)).role = Role.ADMIN
    await oscar.says("/admins")
    await oscar.taps("✕ Oscar")
    assert "shop.operators" in oscar.toast


async def test_menus_follow_appointment_dismissal_language_and_the_first_start(
    meet: Meet, simulator: Simulator
) -> None:
    oscar, ann = meet(OSCAR), meet(ANN)

    def newest(of: Someone) -> dict[str, str]:
        calls = [call.parameters for call in simulator.calls("setMyCommands")]
        mine = [call for call in calls if json.loads(str(call.get("scope", "{}"))).get("chat_id") == of.telegram_id]
        return {row["command"]: row["description"] for row in json.loads(str(mine[-1]["commands"]))}

    await oscar.says("/start")
    assert "admins" in newest(OSCAR)
    await ann.says("/start")
    await oscar.says("/admins @ann")
    await oscar.taps("Yes")
    assert "unarchive" in newest(ANN)
    assert "admins" not in newest(ANN)
    await ann.says("/language")
    await ann.taps("Deutsch")
    assert newest(ANN)["cart"] == words_for("de").plain("Your cart")
    await oscar.says("/admins")
    await oscar.taps("✕ Ann", "Dismiss")
    assert "restock" not in newest(ANN)
    assert newest(ANN)["cart"] == words_for("de").plain("Your cart")

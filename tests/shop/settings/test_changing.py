"""Rows over the file: one change after the other, on every database, and what is wrong does not hold."""

import asyncio

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.config import Config
from app.config.payments import Payments, Transfer
from app.config.rows import lay, value_of
from app.config.shop import Shop, Texts
from app.settings import Settings
from db.models import AdminEvent
from db.models.setting import REVISION, Setting
from db.session import Database
from shop.people.permissions import Acting, operating
from shop.refusals import NotPermitted
from shop.settings import changing
from shop.settings.known import ALL, BY_KEY, Known
from tests.world.clock import START
from tests.world.people import OLGA, OSCAR, user

FILE = Config(shop=Shop(name="Teas", page_size=4))
PAGE = BY_KEY["shop.page_size"]


async def test_changes_at_once_are_told_apart_so_that_no_replica_misses_one(database: Database) -> None:
    async with database.begin() as session:
        oscar = operating(await user(session, OSCAR))
    numbers = BY_KEY["shop.max_quantity"], BY_KEY["shop.low_stock_at"], PAGE, BY_KEY["shop.max_held_lines"]

    async def change(place: int) -> None:
        async def work(session: AsyncSession) -> None:
            await changing.set_value(session, oscar, numbers[place], place + 5, below=1, now=START)

        await database.transact(work)

    follower = Settings(FILE, database)
    await follower.load()
    await asyncio.gather(*map(change, range(len(numbers))))

    async with database.read() as session:
        found = {row.key: row.revision for row in await session.scalars(select(Setting))}
    assert found.pop(REVISION) == len(numbers)
    assert sorted(found.values()) == [1, 2, 3, 4]
    assert await follower.follow()
    assert [follower.state(one.key).value for one in numbers] == [5, 6, 7, 8]


async def test_each_change_is_told_with_what_it_was_and_only_an_operator_may(database: Database) -> None:
    async with database.begin() as session:
        oscar, olga = operating(await user(session, OSCAR)), await user(session, OLGA)
        for value in (7, 7, 8):
            await changing.set_value(session, oscar, PAGE, value, below=4, now=START)
        await changing.leave(session, oscar, PAGE, below=4, now=START)
        await changing.leave(session, oscar, PAGE, below=4, now=START)
        with pytest.raises(NotPermitted):
            await changing.set_value(session, Acting(olga.id, olga.id), PAGE, 9, below=4, now=START)

    async with database.read() as session:
        told = [one.data["value"] for one in await session.scalars(select(AdminEvent).order_by(AdminEvent.id))]
    assert told == [[4, 7], [7, 8], [8, 4]]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("shop.page_size", 0),
        ("shop.page_size", "many"),
        ("shop.name", ""),
        ("shop.name", ["a"]),
        ("shop.ask_phone", "perhaps"),
        ("schedule.review_after", "-1d"),
        ("payments.off", ["barter"]),
        ("payments.transfer.instructions", ""),
        ("shop.currency", "USD"),
        ("shop.operators", [1]),
        ("payments.stripe.secret_key", "sk_test_pretend"),
        ("nonsense", None),
    ],
)
async def test_a_row_that_breaks_a_rule_or_is_none_of_the_chats_does_not_hold(
    database: Database, key: str, value: object
) -> None:
    file = Config(payments=Payments(transfer=Transfer(enabled=True, instructions="IBAN")))

    laid = lay(file, {key: value, "shop.max_quantity": 7})

    assert [one.key for one in laid.refused] == [key]
    assert laid.held == {"shop.max_quantity"}
    assert laid.config.shop == Shop(max_quantity=7)
    assert laid.config.payments == file.payments
    async with database.begin() as session:
        await session.execute(
            insert(Setting).values(key=key, value="{", revision=1, changed_by="operator:1", changed_at=START)
        )
    settings = Settings(file, database)
    await settings.load()
    assert [one.key for one in settings.refused] == [key]


def test_terms_set_in_the_chat_are_read_in_every_language() -> None:
    file = Config(shop=Shop(terms="Old", texts=(Texts(language="de", terms="Alt", support="Hilfe"),)))

    laid = lay(file, {"shop.terms": "New"})

    assert laid.config.shop.terms == "New"
    assert [(one.terms, one.support) for one in laid.config.shop.texts] == [("", "Hilfe")]


@pytest.mark.parametrize("known", ALL, ids=lambda known: known.name)
def test_what_can_be_set_says_the_same_as_the_file_when_it_repeats_it(known: Known) -> None:
    file = Config(payments=Payments(transfer=Transfer(enabled=True, instructions="IBAN")))

    laid = lay(file, {known.key: value_of(file, known.key)})

    assert laid.config == file
    assert laid.held == {known.key}

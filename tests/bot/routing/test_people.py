"""Who is at the door: remembered for a while, and read again where another replica may have changed them."""

from datetime import timedelta

import pytest

from bot.intake.reading import Person
from bot.routing.people import AMONG_OTHERS, REMEMBERED, People
from db.models import Role
from db.session import Database
from shop.people import users
from tests.world.clock import ManualClock
from tests.world.counting import statements
from tests.world.people import ANN

DOOR = Person(ANN.telegram_id, ANN.username, ANN.name, "en")


@pytest.fixture
def people(database: Database, clock: ManualClock) -> People:
    return People(database, clock, fresh=AMONG_OTHERS)


async def test_a_person_is_not_asked_for_again_while_they_are_fresh(database: Database, people: People) -> None:
    ann = await people.recognise(DOOR)

    with statements(database) as said:
        assert await people.recognise(DOOR) is ann

    assert said == []


async def test_a_person_who_did_not_change_is_looked_at_and_not_read(
    database: Database, people: People, clock: ManualClock
) -> None:
    ann = await people.recognise(DOOR)
    clock.pass_by(seconds=AMONG_OTHERS.total_seconds())

    with statements(database) as said:
        assert await people.recognise(DOOR) is ann
        assert await people.recognise(DOOR) is ann

    assert len(said) == 1


async def test_what_another_replica_changed_shows_when_they_are_not_fresh_any_more(
    database: Database, people: People, clock: ManualClock
) -> None:
    ann = await people.recognise(DOOR)
    await database.transact(lambda session: users.set_language(session, ann.id, "de", now=clock.now()))

    assert (await people.recognise(DOOR)).language == "en"
    clock.pass_by(seconds=AMONG_OTHERS.total_seconds())
    assert (await people.recognise(DOOR)).language == "de"


async def test_before_somebody_acts_on_a_role_it_is_read(
    database: Database, people: People, clock: ManualClock
) -> None:
    ann = await people.recognise(DOOR)
    async with database.begin() as session:
        kept = await users.find_by_telegram_id(session, ANN.telegram_id)
        assert kept is not None
        kept.role = Role.ADMIN

    assert (await people.recognise(DOOR)).role is ann.role is Role.CUSTOMER
    assert (await people.recognise(DOOR, afresh=True)).role is Role.ADMIN


async def test_a_new_name_is_written_down_at_once(people: People) -> None:
    await people.recognise(DOOR)

    assert (await people.recognise(Person(ANN.telegram_id, ANN.username, "Anna", "en"))).name == "Anna"


async def test_who_came_last_is_remembered(database: Database, clock: ManualClock) -> None:
    people = People(database, clock, fresh=timedelta(hours=1))
    await people.recognise(DOOR)
    people._known |= dict.fromkeys(range(1, REMEMBERED + 1), people._known[ANN.telegram_id])
    await people.recognise(Person(5_000_000_001, None, "Ben", None))

    assert ANN.telegram_id not in people._known
    assert len(people._known) == REMEMBERED

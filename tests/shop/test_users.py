"""People are known by their Telegram id, whatever they call themselves."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Role, User
from db.session import Database
from shop import outbox, users
from shop.refusals import NotFound
from tests.world.clock import START
from tests.world.people import ANN, OSCAR, user


async def _met(session: AsyncSession, telegram_id: int, username: str | None, name: str = "Somebody") -> User:
    return await users.recognise(
        session, telegram_id=telegram_id, username=username, name=name, language="de", now=START
    )


async def test_who_returns_is_the_same_person_under_another_name(session: AsyncSession) -> None:
    first = await _met(session, 7, "ann", "Ann")
    again = await _met(session, 7, "ann_the_great", "Ann the Great")
    assert first.id == again.id
    assert (again.username, again.name, again.role) == ("ann_the_great", "Ann the Great", Role.CUSTOMER)


async def test_a_username_that_changed_hands_moves_along(session: AsyncSession) -> None:
    ann = await _met(session, 7, "tea")
    bob = await _met(session, 8, "tea")
    await session.refresh(ann)
    assert (ann.username, bob.username) == (None, "tea")


async def test_a_language_that_was_chosen_is_kept(session: AsyncSession) -> None:
    ann = await _met(session, 7, "ann", "Ann")
    assert ann.language == "de"
    await users.set_language(session, ann.id, "ru", now=START)
    await session.refresh(ann)
    assert (await _met(session, 7, "ann", "Anna")).language == "ru"


async def test_who_speaks_again_can_be_reached_again(session: AsyncSession) -> None:
    ann = await _met(session, 7, "ann")
    await outbox.mark_reachable(session, ann.id, reachable=False, now=START)
    await session.refresh(ann)
    assert not users.is_current(ann, username="ann", name="Somebody")
    assert (await _met(session, 7, "ann")).reachable


async def test_the_first_words_said_twice_at_once_make_one_person(database: Database) -> None:
    await asyncio.gather(*(database.transact(lambda session: _met(session, 7, "ann")) for _ in range(5)))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1


async def test_an_operator_appoints_and_dismisses_and_it_is_written_down(session: AsyncSession) -> None:
    oscar, ann = await user(session, OSCAR), await user(session, ANN)
    assert (await users.appoint(session, operator=oscar, telegram_id=ANN.telegram_id, now=START)).id == ann.id
    stranger = await users.appoint(session, operator=oscar, telegram_id=999, now=START)
    assert [owner.id for owner in await users.list_owners(session)] == [ann.id, stranger.id]
    await users.dismiss(session, operator=oscar, telegram_id=ANN.telegram_id, now=START)
    assert [owner.id for owner in await users.list_owners(session)] == [stranger.id]
    done = await session.execute(
        select(AdminEvent.actor, AdminEvent.action, AdminEvent.subject).order_by(AdminEvent.id)
    )
    assert [tuple(row) for row in done] == [
        (f"operator:{oscar.id}", "appoint", f"user:{ann.id}"),
        (f"operator:{oscar.id}", "appoint", f"user:{stranger.id}"),
        (f"operator:{oscar.id}", "dismiss", f"user:{ann.id}"),
    ]
    with pytest.raises(NotFound):
        await users.dismiss(session, operator=oscar, telegram_id=12345, now=START)

"""People are known by their Telegram id, whatever they call themselves."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Role, User
from db.session import Database
from shop.notifications import outbox
from shop.people import users
from tests.world.clock import START


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
    assert not users.is_current(ann, username="ann", name="Somebody", now=START)
    assert (await _met(session, 7, "ann")).reachable


async def test_the_first_words_said_twice_at_once_make_one_person(database: Database) -> None:
    await asyncio.gather(*(database.transact(lambda session: _met(session, 7, "ann")) for _ in range(5)))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1


async def test_a_username_is_released_in_whatever_case_its_new_holder_writes_it(session: AsyncSession) -> None:
    squatter = await _met(session, 7, "Tea_Seller")  # renamed since, and never spoke again
    seller = await _met(session, 8, "tea_seller")

    await session.refresh(squatter)
    assert (squatter.username, squatter.username_folded) == (None, None)
    found = await users.find_by_username(session, "TEA_SELLER")
    assert found is not None
    assert found.id == seller.id


async def test_it_is_noted_once_a_day_when_somebody_was_here(session: AsyncSession) -> None:
    ann = await _met(session, 7, "ann")
    assert users.is_current(ann, username="ann", name="Somebody", now=START + timedelta(hours=23))
    later = START + timedelta(hours=25)
    assert not users.is_current(ann, username="ann", name="Somebody", now=later)
    ann = await users.recognise(session, telegram_id=7, username="ann", name="Somebody", language="de", now=later)
    assert ann.seen_at == later

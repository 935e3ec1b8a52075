"""The tree of categories holds together whatever is done to it, by several at once, too."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Category
from db.session import Database
from shop.catalog import search
from shop.catalog.shelves import Shelves
from shop.products import tree
from shop.refusals import CannotRead
from tests.world.clock import START, ManualClock
from tests.world.goods import a_category, a_product
from tests.world.people import OLGA, user


async def _move(database: Database, category_id: int, to: int | None) -> str:
    try:
        async with database.begin() as session:
            await tree.move(session, await user(session, OLGA), category_id, to, now=START)
    except CannotRead as refused:
        return str(refused.data["hint"])
    return "moved"


async def test_two_moves_at_once_make_no_loop(database: Database) -> None:
    async with database.begin() as session:
        await user(session, OLGA)
        tea, cups = await a_category(session, "Tea"), await a_category(session, "Cups")
    done = await asyncio.gather(_move(database, tea.id, cups.id), _move(database, cups.id, tea.id))
    assert sorted(done) == ["category_inside", "moved"]


async def test_two_of_one_name_are_never_made_at_once(database: Database) -> None:
    async def make() -> str:
        try:
            async with database.begin() as session:
                await tree.make(session, await user(session, OLGA), "Tea", None, now=START)
        except CannotRead as refused:
            return str(refused.data["hint"])
        return "made"

    async with database.begin() as session:
        await user(session, OLGA)
    assert sorted(await asyncio.gather(*(make() for _ in range(4)))) == ["category_taken"] * 3 + ["made"]


async def test_nothing_goes_below_itself_or_too_deep(database: Database) -> None:
    async with database.begin() as session:
        await user(session, OLGA)
        one = await a_category(session, "One")
        two = await a_category(session, "Two", inside=one)
        three = await a_category(session, "Three", inside=two)
        other = await a_category(session, "Other")
        below = await a_category(session, "Below", inside=other)
    assert await _move(database, one.id, three.id) == "category_inside"
    assert await _move(database, one.id, one.id) == "category_inside"
    assert await _move(database, other.id, three.id) == "category_deep"
    assert await _move(database, below.id, three.id) == "moved"


async def test_a_category_with_a_product_stays_with_it(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Sencha", category=tea)
    with pytest.raises(CannotRead):
        async with database.begin() as session:
            await tree.take_away(session, await user(session, OLGA), tea.id, now=START)
    async with database.read() as session:
        assert await session.scalar(select(Category.name)) == "Tea"


async def test_what_is_in_a_category_is_found_by_its_new_names(database: Database) -> None:
    """Fails when a rename or a move leaves the words of the search as they were."""
    async with database.begin() as session:
        olga = await user(session, OLGA)
        drinks = await a_category(session, "Drinks")
        leaves = await a_category(session, "Leaves")
        await a_product(session, "Sencha", category=leaves)
        await tree.rename(session, olga, leaves.id, "Infusions", now=START)
        await tree.move(session, olga, leaves.id, drinks.id, now=START)
    async with database.read() as session:
        found = {
            word: len((await search(session, word, now=START)).items) for word in ("infusions", "drinks", "leaves")
        }
    assert found == {"infusions": 1, "drinks": 1, "leaves": 0}


async def test_another_replica_shows_the_tree_as_it_is_a_second_later(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Sencha", category=tea)
    seconds = [0.0]
    other = Shelves(database, clock=clock, seconds=lambda: seconds[0])
    database.watchers.clear()  # as in another process
    first = await other.category(None, after=None, before=None, limit=6)
    assert [child.name for child in first.children] == ["Tea"]
    async with database.begin() as session:
        now = clock.now() + timedelta(seconds=1)
        await tree.rename(session, await user(session, OLGA), tea.id, "Teas", now=now)
    seconds[0] += 2
    shown = await other.category(None, after=None, before=None, limit=6)
    assert [child.name for child in shown.children] == ["Teas"]

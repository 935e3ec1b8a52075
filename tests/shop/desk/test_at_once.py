"""What happens at the desk at the same moment, on every database: one is let in, and no try goes uncounted."""

import asyncio

from sqlalchemy import func, select

from db.models import DeskLink, DeskSession, DeskTry, SignedInBy
from db.session import Database
from shop.desk import links, sessions, signing_in, tries
from shop.desk.lasting import Lasting
from tests.world.clock import START
from tests.world.people import OLGA, user

AT_ONCE = 8


async def _olga(database: Database) -> int:
    async with database.begin() as session:
        return (await user(session, OLGA)).id


async def _link(database: Database, olga_id: int) -> str:
    async with database.begin() as session:
        return await links.make(session, await user(session, OLGA), now=START)


async def test_of_many_who_use_a_link_at_once_one_is_let_in(database: Database) -> None:
    secret = await _link(database, await _olga(database))

    async def come() -> str | None:
        return await database.transact(
            lambda session: signing_in.by_link(session, secret, Lasting(), operators=(), now=START)
        )

    came = await asyncio.gather(*(come() for _ in range(AT_ONCE)))
    assert sorted(one is not None for one in came) == [False] * (AT_ONCE - 1) + [True]
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(DeskSession)) == 1


async def test_of_links_that_are_asked_for_at_once_one_counts(database: Database) -> None:
    olga_id = await _olga(database)
    made = await asyncio.gather(*(_link(database, olga_id) for _ in range(AT_ONCE)))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(DeskLink)) == 1
        counting = [await links.whose(session, secret, now=START) for secret in made]
    assert sorted(one is not None for one in counting) == [False] * (AT_ONCE - 1) + [True]


async def test_tries_at_once_are_all_counted(database: Database) -> None:
    async def attempt(n: int) -> bool:
        address = f"192.0.2.{n}"
        later = await database.transact(lambda session: tries.take(session, "olga", address, now=START))
        return later is None

    taken = await asyncio.gather(*(attempt(n) for n in range(2 * tries.OF_AN_ACCOUNT)))
    assert sum(taken) == tries.OF_AN_ACCOUNT
    async with database.read() as session:
        assert await session.scalar(select(func.max(DeskTry.tries))) == tries.OF_AN_ACCOUNT


async def test_a_session_is_looked_at_and_moved_on_on_every_database(database: Database) -> None:
    olga_id = await _olga(database)
    lasting = Lasting()
    async with database.begin() as session:
        cookie = await sessions.open_(session, olga_id, SignedInBy.LINK, lasting, now=START)
    present = await sessions.look(database, cookie, lasting, operators=(), now=START)
    assert present is not None
    assert (present.acting.person_id, present.is_operator, present.signs_in_alone) == (olga_id, False, False)
    later = START + lasting.idle * 0.9
    assert await sessions.look(database, cookie, lasting, operators=(), now=later) is not None
    assert await sessions.look(database, cookie, lasting, operators=(), now=later + lasting.idle * 0.9) is not None
    assert await sessions.look(database, "\x00", lasting, operators=(), now=START) is None

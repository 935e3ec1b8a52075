"""An invitation takes in one person, whoever opens it at the same moment; a person leaves a staff once."""

import asyncio

from sqlalchemy import select

from db.models import AdminEvent, Invitation, Notification, StaffMember
from db.session import Database
from shop.people import team
from shop.people.permissions import Acting, Permission
from shop.refusals import InvitationOver, NotFound
from tests.world.clock import START
from tests.world.people import OLGA, Someone, user

CROWD = 8


async def test_of_many_who_accept_at_once_one_is_taken_in(database: Database) -> None:
    async with database.begin() as session:
        _, secret = await team.invite(session, await user(session, OLGA), frozenset({Permission.ORDERS}), now=START)
        ids = [(await user(session, Someone(7000 + n, f"Guest {n}", f"guest{n}"))).id for n in range(CROWD)]

    async def accept(person_id: int) -> int | None:
        try:
            await database.transact(lambda session: team.accept(session, person_id, secret, operators=(), now=START))
        except InvitationOver:
            return None
        return person_id

    taken = [found for found in await asyncio.gather(*map(accept, ids)) if found is not None]

    async with database.read() as session:
        assert list(await session.scalars(select(StaffMember.user_id))) == taken
        assert list(await session.scalars(select(Invitation.used_by))) == taken
        joined = await session.scalars(select(AdminEvent.id).where(AdminEvent.action == "staff.joined"))
        assert len(list(joined)) == len(taken) == 1


async def test_who_leaves_twice_at_once_left_once_and_the_seller_hears_it_once(database: Database) -> None:
    async with database.begin() as session:
        olga, bob = await user(session, OLGA), await user(session, Someone(7100, "Guest", "guest"))
        _, secret = await team.invite(session, olga, frozenset({Permission.ORDERS}), now=START)
        await team.accept(session, bob.id, secret, operators=(), now=START)
        acting = Acting(bob.id, olga.id, frozenset({Permission.ORDERS}))

    async def leave() -> bool:
        try:
            await database.transact(lambda session: team.leave(session, acting, now=START))
        except NotFound:
            return False
        return True

    assert sorted(await asyncio.gather(*(leave() for _ in range(4)))) == [False, False, False, True]
    async with database.read() as session:
        told = await session.scalars(select(Notification.kind).where(Notification.kind == "staff_left"))
        assert list(told) == ["staff_left"]
        assert list(await session.scalars(select(StaffMember.user_id))) == []

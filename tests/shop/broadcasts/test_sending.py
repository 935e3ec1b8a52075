"""A broadcast reaches everybody once: through a crash, two replicas, refusals, a stop, a flood limit."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from db.models import Broadcast, BroadcastRecipient, BroadcastState, NewsOptout, RecipientState, User
from db.session import Database
from shop import broadcasts, doctor
from shop.broadcasts import Standing, Written
from shop.broadcasts.sending import IN_LINE, Ready, run
from shop.people.permissions import operating
from shop.ports import Undeliverable
from shop.refusals import CannotRead, NotFound
from tests.world.clock import START, ManualClock
from tests.world.people import OLGA, OSCAR, user

MANY = 520  # more than a page of recipients, and than one call's copies


class Killed(BaseException):
    """The process dies between Telegram's answer and our commit."""


class Loud:
    """Notes who was brought what; dies, is refused or is asked to wait at the given people."""

    def __init__(self, *, dies_at: int = 0, blocked: int = 0, slow: int = 0) -> None:
        self.heard: Counter[int] = Counter()
        self.shown: list[int] = []
        self.dies_at, self.blocked, self.slow = dies_at, blocked, slow

    async def calm(self) -> None:
        """Telegram wants no silence."""

    async def bring(self, broadcast: Broadcast, person: User, ready: Ready) -> bool:
        await asyncio.sleep(0)
        chat_id = person.telegram_id or 0
        if not await ready():
            return False
        if chat_id == self.blocked:
            raise Undeliverable("blocked", permanent=True)
        if chat_id == self.slow:
            self.slow = 0
            raise Undeliverable("flood", retry_after=1)
        self.heard[chat_id] += 1
        if chat_id == self.dies_at:
            raise Killed
        return True

    async def show(self, standing: Standing) -> None:
        self.shown.append(sum(standing.figures.states.values()))


async def going_out(database: Database, many: int = MANY) -> int:
    """An operator's broadcast to so many people begins; its id. Their Telegram ids are 100,000 and on."""
    async with database.begin() as session:
        operator = await user(session, OSCAR)
        operator.seen_at = None  # reads nothing himself
        oscar = operating(operator)
        common = {"created_at": START, "updated_at": START, "seen_at": START, "role": "customer", "reachable": True}
        if many:
            await session.execute(
                insert(User), [{"telegram_id": 100_000 + n, "name": f"P{n}"} | common for n in range(many)]
            )
        made = await broadcasts.create(session, oscar, Written("New tea"), now=START)
        await broadcasts.start(session, oscar, made.id, now=START)
    return made.id


async def states(database: Database, broadcast_id: int) -> Counter[RecipientState]:
    """How many copies are in which state."""
    async with database.read() as session:
        mine = BroadcastRecipient.broadcast_id == broadcast_id
        return Counter(await session.scalars(select(BroadcastRecipient.state).where(mine)))


async def until_done(database: Database, herald: Loud, clock: ManualClock) -> None:
    """Tick until there is nothing more to do."""
    while await run(database, herald, clock):
        pass


async def is_done(database: Database, broadcast_id: int) -> bool:
    """Whether it ended, with nothing for the doctor to find."""
    async with database.read() as session:
        assert await doctor.check(session, now=START) == []
        return await session.scalar(select(Broadcast.state).where(Broadcast.id == broadcast_id)) is BroadcastState.DONE


async def test_who_may_have_it_when_the_process_dies_does_not_get_it_again(
    database: Database, clock: ManualClock
) -> None:
    broadcast_id = await going_out(database)
    dying = Loud(dies_at=100_350)
    with pytest.raises(BaseExceptionGroup):
        await until_done(database, dying, clock)
    assert dying.heard[100_350] == 1

    clock.pass_by(minutes=3)
    await until_done(database, dying, clock)  # the next process: it would die again at the same person
    assert max(dying.heard.values()) == 1
    unclear = (await states(database, broadcast_id))[RecipientState.UNKNOWN]
    assert 1 <= unclear <= 2 * IN_LINE  # what was on its way, no more
    assert len(dying.heard) >= MANY - unclear + 1
    assert await is_done(database, broadcast_id)


async def test_two_replicas_bring_it_to_everybody_once(database: Database, clock: ManualClock) -> None:
    broadcast_id = await going_out(database, 120)
    one = Loud()
    await asyncio.gather(until_done(database, one, clock), until_done(database, one, clock))
    await until_done(database, one, clock)
    assert len(one.heard) == 120
    assert set(one.heard.values()) == {1}
    assert await states(database, broadcast_id) == {RecipientState.SENT: 120}
    assert await is_done(database, broadcast_id)


async def test_who_refused_news_or_blocked_the_shop_meanwhile_is_left_out(
    database: Database, clock: ManualClock
) -> None:
    broadcast_id = await going_out(database, 12)
    loud = Loud(blocked=100_003, slow=100_005)
    await run(database, loud, clock, limit=0)  # the recipients are written
    async with database.begin() as session:
        refuses = await session.scalar(select(User.id).where(User.telegram_id == 100_001))
        session.add(NewsOptout(user_id=refuses, kind="broadcast", owner_id=0, created_at=START))
        await session.execute(update(User).where(User.telegram_id == 100_002).values(reachable=False))
    await until_done(database, loud, clock)
    assert sorted(set(range(100_000, 100_012)) - set(loud.heard)) == [100_001, 100_002, 100_003]
    assert await states(database, broadcast_id) == {
        RecipientState.SENT: 9,
        RecipientState.LEFT_OUT: 2,
        RecipientState.BLOCKED: 1,
    }
    assert await is_done(database, broadcast_id)
    async with database.read() as session:
        assert not await session.scalar(select(User.reachable).where(User.telegram_id == 100_003))


async def test_what_is_stopped_goes_on_where_it_was_and_is_its_sellers_alone(
    database: Database, clock: ManualClock
) -> None:
    broadcast_id = await going_out(database, 30)
    loud = Loud()
    await run(database, loud, clock, limit=10)
    async with database.begin() as session:
        oscar, olga = operating(await user(session, OSCAR)), await user(session, OLGA)
        with pytest.raises(NotFound):
            await broadcasts.set_running(session, olga, broadcast_id, running=False, now=START)
        assert await broadcasts.set_running(session, oscar, broadcast_id, running=False, now=START)
        assert not await broadcasts.set_running(session, oscar, broadcast_id, running=False, now=START)
    assert await run(database, loud, clock) == 0
    assert len(loud.heard) == 10
    async with database.begin() as session:
        await broadcasts.set_running(session, oscar, broadcast_id, running=True, now=START)
    await until_done(database, loud, clock)
    assert len(loud.heard) == 30
    assert set(loud.heard.values()) == {1}


async def test_what_has_a_time_begins_then_and_once_and_not_when_it_was_called_off(
    database: Database, clock: ManualClock
) -> None:
    async with database.begin() as session:
        oscar = operating(await user(session, OSCAR))
        soon, never = [await broadcasts.create(session, oscar, Written(text), now=START) for text in ("Soon", "Never")]
        at = START + timedelta(hours=1)
        for one in (soon, never):
            assert await broadcasts.schedule(session, oscar, one.id, at, now=START)
        await broadcasts.schedule(session, oscar, never.id, None, now=START)
        with pytest.raises(CannotRead):
            await broadcasts.schedule(session, oscar, soon.id, START, now=START)
    loud = Loud()
    assert await run(database, loud, clock) == 0
    clock.pass_by(hours=2)
    await asyncio.gather(until_done(database, loud, clock), until_done(database, loud, clock))
    await until_done(database, loud, clock)
    began = clock.now()
    clock.pass_by(hours=1)
    await until_done(database, loud, clock)  # it does not begin again
    async with database.read() as session:
        rows = await session.execute(select(Broadcast.id, Broadcast.state, Broadcast.started_at))
        stand = {row.id: (row.state, row.started_at) for row in rows}
    assert stand == {soon.id: (BroadcastState.DONE, began), never.id: (BroadcastState.DRAFT, None)}

"""What was written down is told: once, in order, and only to people who can be reached."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Notification, User
from db.session import Database
from shop import notifications
from shop.doctor.telling import messages_leave
from shop.notifications import MAX_ATTEMPTS, claim, deliver_due, enqueue
from shop.policy import Policy
from shop.ports import Undeliverable
from tests.world.clock import START, ManualClock
from tests.world.people import ANN, BOB, EVE, OLGA, Someone, user


class Postman:
    """A courier that remembers what it brought, and fails as it is told to."""

    def __init__(self) -> None:
        self.brought: list[tuple[str, int]] = []
        self.fails: dict[str, list[Exception]] = {}

    async def deliver(self, notification: Notification) -> int | None:
        await asyncio.sleep(0)
        name = notification.user.name
        if self.fails.get(name):
            raise self.fails[name].pop(0)
        self.brought.append((name, int(notification.data["number"])))
        return 100 + notification.id

    def to(self, who: Someone) -> list[int]:
        return [number for name, number in self.brought if name == who.name]


async def write(database: Database, who: Someone, *numbers: int, later: timedelta = timedelta(0)) -> None:
    async with database.begin() as session:
        person = await user(session, who)
        for number in numbers:
            await enqueue(
                session,
                user_id=person.id,
                kind="test",
                data={"number": number},
                dedupe_key=f"{who.name}:{number}",
                run_at=START + later,
                now=START,
            )


async def rows(database: Database) -> list[Notification]:
    async with database.read() as session:
        return list(await session.scalars(select(Notification).order_by(Notification.id)))


async def test_the_same_news_is_written_once(session: AsyncSession) -> None:
    """Guard: the unique dedupe key."""
    person = await user(session, ANN)
    written = [
        await enqueue(session, user_id=person.id, kind="test", data={}, dedupe_key="order:1:paid", now=START)
        for _ in range(2)
    ]
    assert written == [True, False]


async def test_two_workers_never_bring_the_same_message(database: Database, clock: ManualClock) -> None:
    """Guard: claimed_until, which lasts longer than any delivery."""
    people = (ANN, BOB, EVE, OLGA)
    for who in people:
        await write(database, who, *range(8))
    postmen = [Postman() for _ in range(4)]
    while sum([await deliver_due(database, postmen[0], clock, limit=2)]) + sum(
        await asyncio.gather(*(deliver_due(database, postman, clock, limit=5) for postman in postmen[1:]))
    ):
        pass
    brought = Counter(item for postman in postmen for item in postman.brought)
    assert len(brought) == 32
    assert set(brought.values()) == {1}


@pytest.mark.server_databases
async def test_a_worker_does_not_wait_for_what_another_is_claiming(database: Database, clock: ManualClock) -> None:
    """Guard: SKIP LOCKED (SQLite has one writer at a time)."""
    await write(database, ANN, 1)
    await write(database, BOB, 1)
    async with database.begin() as first, asyncio.timeout(10), database.begin() as second:
        mine = await claim(first, now=clock.now(), limit=1)
        theirs = await claim(second, now=clock.now(), limit=5)
    assert [notification.user.name for notification in (*mine, *theirs)] == ["Ann", "Bob"]


async def test_each_person_hears_things_in_the_order_in_which_they_happened(
    database: Database, clock: ManualClock
) -> None:
    await write(database, ANN, 1, 2, 3)
    await write(database, BOB, 1, 2)
    postman = Postman()
    assert await deliver_due(database, postman, clock, limit=30) == 5
    assert (postman.to(ANN), postman.to(BOB)) == ([1, 2, 3], [1, 2])


async def test_a_message_that_failed_holds_back_the_next_ones_of_that_person_only(
    database: Database, clock: ManualClock
) -> None:
    await write(database, ANN, 1, 2)
    await write(database, BOB, 1)
    postman = Postman()
    postman.fails["Ann"] = [Undeliverable("timed out")]
    await deliver_due(database, postman, clock)
    assert (postman.to(ANN), postman.to(BOB)) == ([], [1])
    clock.pass_by(minutes=1)
    await deliver_due(database, postman, clock)
    assert postman.to(ANN) == [1, 2]


async def test_news_for_later_holds_nothing_back_and_comes_in_time(database: Database, clock: ManualClock) -> None:
    await write(database, ANN, 1, later=timedelta(days=3))
    await write(database, ANN, 2)
    postman = Postman()
    await deliver_due(database, postman, clock)
    assert postman.to(ANN) == [2]
    clock.pass_by(days=3)
    await deliver_due(database, postman, clock)
    assert postman.to(ANN) == [2, 1]


async def test_orders_are_told_before_chatter(database: Database, clock: ManualClock) -> None:
    """Guard: the priority in what goes first; without it, a hundred complaints delay the news of an order."""
    async with database.begin() as session:
        people = [await user(session, who) for who in (OLGA, BOB)]
        for number in range(40):
            for person in people:
                once, data = f"{person.id}:{number}", {"number": number}
                await enqueue(session, user_id=person.id, kind="problem_answer", data=data, dedupe_key=once, now=START)
    await write(database, OLGA, 100, 101)
    postman = Postman()
    await deliver_due(database, postman, clock, limit=4)
    await deliver_due(database, postman, clock)
    assert postman.to(OLGA) == [100, 101, *range(40)]
    assert postman.to(BOB) == [*range(40)]  # who hears of no order waits for nobody


async def test_chatter_that_failed_holds_up_no_order(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        olga = await user(session, OLGA)
        await enqueue(session, user_id=olga.id, kind="problem_answer", data={"number": 1}, dedupe_key="1", now=START)
    postman = Postman()
    postman.fails["Olga"] = [KeyError("number")]
    await deliver_due(database, postman, clock)
    await write(database, OLGA, 2)
    await deliver_due(database, postman, clock)
    assert postman.to(OLGA) == [2]


async def test_a_flood_limit_is_waited_out_and_costs_no_message(database: Database, clock: ManualClock) -> None:
    await write(database, ANN, 1)
    postman = Postman()
    postman.fails["Ann"] = [Undeliverable("slow down", retry_after=30)] * (MAX_ATTEMPTS + 2)
    for _ in range(MAX_ATTEMPTS + 2):
        assert await deliver_due(database, postman, clock) == 0
        clock.pass_by(seconds=29)
        assert await deliver_due(database, postman, clock) == 0
        clock.pass_by(seconds=1)
    assert await deliver_due(database, postman, clock) == 1


async def test_who_blocked_the_shop_is_left_alone(database: Database, clock: ManualClock) -> None:
    await write(database, ANN, 1, 2, 3)
    postman = Postman()
    postman.fails["Ann"] = [Undeliverable("bot was blocked by the user", permanent=True)]
    assert await deliver_due(database, postman, clock) == 0
    assert postman.brought == []
    assert [row.dead_at for row in await rows(database)] == [START] * 3
    async with database.read() as session:
        assert not (await session.scalars(select(User.reachable))).one()


async def test_what_cannot_be_worded_is_put_off_and_at_last_given_up(database: Database, clock: ManualClock) -> None:
    await write(database, ANN, 1)
    await write(database, BOB, 1)
    postman = Postman()
    postman.fails["Ann"] = [KeyError("number") for _ in range(MAX_ATTEMPTS)]
    for _ in range(MAX_ATTEMPTS):
        await deliver_due(database, postman, clock)
        clock.pass_by(hours=1)
    ann = next(row for row in await rows(database) if row.dedupe_key == "Ann:1")
    assert (ann.attempts, ann.error) == (MAX_ATTEMPTS, "stumbled: KeyError")
    assert ann.dead_at is not None
    assert postman.to(BOB) == [1]
    async with database.read() as session:
        assert set(await session.scalars(select(User.reachable))) == {True}  # it was our fault, not theirs


async def test_a_worker_that_died_is_replaced_when_its_claim_runs_out(database: Database, clock: ManualClock) -> None:
    await write(database, ANN, 1)
    await database.transact(lambda session: claim(session, now=clock.now(), limit=10))
    postman = Postman()
    assert await deliver_due(database, postman, clock) == 0
    clock.pass_by(seconds=notifications.CLAIM.total_seconds())
    assert await deliver_due(database, postman, clock) == 1


async def test_a_reply_finds_what_it_answers(database: Database, clock: ManualClock) -> None:
    await write(database, ANN, 1)
    await write(database, BOB, 1)
    await deliver_due(database, Postman(), clock)
    ann, bob = await rows(database)
    assert ann.message_id is not None
    async with database.read() as session:
        found = await notifications.find_by_message(session, ann.user_id, ann.message_id)
        assert found is not None
        assert found.id == ann.id
        assert await notifications.find_by_message(session, bob.user_id, ann.message_id) is None


@pytest.mark.parametrize("limit", [1, 3])
async def test_no_more_is_sent_than_was_allowed(database: Database, clock: ManualClock, limit: int) -> None:
    await write(database, ANN, 1, 2, 3)
    await write(database, BOB, 1, 2, 3)
    postman = Postman()
    assert await deliver_due(database, postman, clock, limit=limit) == limit
    assert len(postman.brought) == limit


async def test_a_message_that_cannot_be_worded_holds_up_none_of_the_same_person(
    database: Database, clock: ManualClock
) -> None:
    """Guard: what we stumbled over gives up its place in the line."""
    postman = Postman()
    postman.fails["Ann"] = [KeyError("number")]
    await write(database, ANN, 1, 2, 3)

    await deliver_due(database, postman, clock)

    assert postman.to(ANN) == [2, 3]


async def test_messages_outlast_hours_without_telegram(database: Database, clock: ManualClock) -> None:
    """Guard: only our own mistakes are counted."""
    postman = Postman()
    postman.fails["Ann"] = [Undeliverable("no connection") for _ in range(3 * MAX_ATTEMPTS)]
    await write(database, ANN, 1)

    for _ in range(3 * MAX_ATTEMPTS + 1):
        await deliver_due(database, postman, clock)
        clock.pass_by(hours=1)

    assert postman.to(ANN) == [1]


async def test_operators_hear_once_of_a_message_that_is_set_aside(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        await user(session, OLGA)
    postman = Postman()
    postman.fails["Ann"] = [KeyError("number") for _ in range(MAX_ATTEMPTS)]
    postman.fails["Olga"] = [KeyError("number") for _ in range(2 * MAX_ATTEMPTS)]
    await write(database, ANN, 1)
    policy = Policy(operators=frozenset({OLGA.telegram_id}))

    for _ in range(3 * MAX_ATTEMPTS):
        await deliver_due(database, postman, clock, policy=policy)
        clock.pass_by(hours=1)

    assert [(row.kind, row.data.get("what")) for row in await rows(database)] == [
        ("test", None),
        ("operator_alert", "message 1"),
    ]
    async with database.read() as session:
        findings = await messages_leave(session, clock.now())
    assert [str(finding).partition(":")[0][:14] for finding in findings] == ["notification 1", "notification 2"]

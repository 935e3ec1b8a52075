"""Two replicas of one shop: people at once, each in order; every task once a period, every message once."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import select

from db.models import Inventory, User
from db.session import Database
from shop import doctor
from simulator.telegram.chats import Chat
from tests.world.branches import Branches, branches
from tests.world.clock import ManualClock
from tests.world.goods import a_category, a_product
from tests.world.people import ANN, BOB, OLGA, user

pytestmark = pytest.mark.server_databases


def has_one(chat: Chat) -> bool:
    """Whether this chat's screen says that the tea is in the cart."""
    return chat.screen is not None and any("1 in the cart" in label for label in chat.screen.labels)


@pytest.fixture
async def shop(database: Database, database_url: str, clock: ManualClock) -> AsyncGenerator[Branches]:
    """Two replicas; Olga sells a tea that Ann and Bob know."""
    async with database.begin() as session:
        await a_product(session, "Green tea", stock=5, category=await a_category(session, "Tea"))
        for who in (ANN, BOB, OLGA):
            await user(session, who)
    async with branches(database_url, clock) as opened:
        yield opened
        assert opened.went_wrong() == []


async def test_one_slow_person_delays_nobody_and_nobody_overtakes_themselves(
    shop: Branches, database: Database
) -> None:
    """Guard: Telegram hears 200 only when an update was handled, and brings the same person's next one only then."""
    ann, bob, olga = shop.guest(ANN), shop.guest(BOB), shop.guest(OLGA)
    for guest in (ann, bob):
        await guest.says("/start")
        await guest.taps("Catalogue", "Tea", "Green tea")

    async with database.begin() as session:
        await session.execute(select(User.id).where(User.telegram_id == ANN.telegram_id).with_for_update())
        answered = shop.balancer.statuses.total()
        await ann.taps("Add to cart", hurried=True)  # waits for her row
        await bob.taps("Add to cart", hurried=True)
        await shop.simulator.wait_for(BOB.telegram_id, has_one, 60)
        assert not has_one(ann.chat)
        assert shop.balancer.statuses.total() <= answered + 1, "hers is not answered while it is in hand"
    await shop.settle()
    assert has_one(ann.chat)

    for line in ("/addproduct", "White tea", "Tea", "5.20", "4"):  # she does not wait for the questions
        await olga.says(line, hurried=True)
    await shop.settle()

    assert olga.sees("White tea")
    assert olga.sees("5.20")
    assert min(shop.balancer.served.values()) >= 3, "both replicas took their share"
    assert set(shop.balancer.statuses) == {200}


async def test_two_that_tick_in_the_same_moment_do_each_task_once_and_tell_everybody_once(
    shop: Branches, database: Database, clock: ManualClock
) -> None:
    """Guards: the lease of a task; SKIP LOCKED and claimed_until of a notification."""
    guests = [shop.guest(ANN), shop.guest(BOB)]
    for guest in guests:
        await guest.says("/start")
        await guest.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "here in the chat")
    for _ in range(3):
        await shop.tick()
        clock.pass_by(hours=1)

    for task in shop.each[0].tasks:
        assert sum(branch.ran(task) for branch in shop.each) == 3, task
    for guest in guests:
        told = [message for message in guest.chat.said if "was not paid in time" in message.words]
        assert len(told) == 1, [message.words for message in guest.chat.said]
    async with database.read() as session:
        tea = (await session.scalars(select(Inventory))).one()
        assert (tea.quantity_in_stock, tea.quantity_reserved) == (5, 0)
        assert await doctor.check(session, now=clock.now()) == []


async def test_a_replica_that_is_asked_to_stop_finishes_what_is_in_hand(shop: Branches, database: Database) -> None:
    """Guards: closing waits for requests in hand before connections go; the other replica takes what comes next."""
    ann, bob = shop.guest(ANN), shop.guest(BOB)
    for guest in (ann, bob):
        await guest.says("/start")
        await guest.taps("Catalogue", "Tea", "Green tea")
    async with asyncio.TaskGroup() as group, database.begin() as session:
        await session.execute(select(User.id).where(User.telegram_id == ANN.telegram_id).with_for_update())
        await ann.taps("Add to cart", hurried=True)
        while not (waiting := [branch for branch in shop.each if branch.front.bot.waiting]):
            await asyncio.sleep(0.01)
        (leaving,) = waiting
        closing = group.create_task(leaving.close())
        await bob.taps("Add to cart", hurried=True)
        await shop.simulator.wait_for(BOB.telegram_id, has_one, 60)
        assert not closing.done()
        assert leaving.front.bot.waiting == 1
    await shop.settle()

    assert has_one(ann.chat)
    assert set(shop.balancer.statuses) == {200}

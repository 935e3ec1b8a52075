"""Money that nobody can book or read: tried later and later, set aside, named once, and never before the others."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.intake import inbox
from bot.intake.polling import Polling, noting
from bot.intake.reading import Incoming, Refunded, read
from bot.intake.turns import Turns
from bot.intake.unhandled import Unhandled
from bot.intake.webhook import Webhook
from bot.routing.said import PaymentMade
from db.models import Notification, TelegramUpdate
from db.session import Database
from shop.doctor.telling import updates_are_handled
from shop.jobs import tries
from shop.policy import Policy
from shop.upkeep import set_aside
from tests.bot.intake.test_polling import ANN, CHAT, PAID, Line, a_payment
from tests.world.clock import ManualClock
from tests.world.people import OSCAR, user

POLICY = Policy(operators=frozenset({OSCAR.telegram_id}))
THE_BOT = {"id": 4242, "is_bot": True, "first_name": "Shop", "username": "shop_bot"}


def stars_went_back(number: int) -> dict[str, Any]:
    """Telegram's note to the customer, which is a message of the bot."""
    refunded = {**PAID, "currency": "XTR", "telegram_payment_charge_id": f"star-{number}"}
    message = {"message_id": 5, "date": 0, "from": THE_BOT, "chat": CHAT, "refunded_payment": refunded}
    return {"update_id": number, "message": message}


def in_a_group(number: int) -> dict[str, Any]:
    """A payment where the shop sells nothing."""
    message = {**a_payment(number)["message"], "chat": {"id": -5, "type": "group", "title": "Tea lovers"}}
    return {"update_id": number, "message": message}


class Shop:
    """Handles updates, except those that are poison to it."""

    def __init__(self, *poison: int) -> None:
        self.handled: list[int] = []
        self.tried: list[int] = []
        self._poison = set(poison)

    async def handle(self, incoming: Incoming) -> bool:
        self.tried.append(incoming.update_id)
        if incoming.update_id in self._poison:
            return False
        self.handled.append(incoming.update_id)
        return True


async def kept(database: Database, clock: ManualClock, *updates: dict[str, Any]) -> None:
    """What an earlier version wrote down and did not handle."""
    async with database.begin() as session:
        await user(session, OSCAR)
        await inbox.keep(session, updates, now=clock.now())


async def look_around(database: Database, clock: ManualClock, shop: Shop) -> None:
    """One look into the table, as every minute and at each start."""
    turns = Turns(noting(shop.handle, database, clock, POLICY))
    await Polling(Line(), database, clock, turns, policy=POLICY, again=10_000.0).replay()
    await turns.drain()


async def row(database: Database, number: int) -> TelegramUpdate:
    async with database.read() as session:
        return await session.get_one(TelegramUpdate, number)


async def alerts(database: Database) -> list[str]:
    async with database.read() as session:
        told = await session.scalars(select(Notification).where(Notification.kind == "operator_alert"))
        return [f"{one.data['text_code']}: {one.data['what']}" for one in told]


def test_stars_that_went_back_are_the_customers_news_though_the_bot_says_it() -> None:
    incoming = read(stars_went_back(1))

    assert incoming is not None
    assert (incoming.person.telegram_id, incoming.person.name) == (ANN["id"], "Ann")
    assert isinstance(incoming.what, Refunded)


def test_whatever_else_the_bot_says_is_not_news() -> None:
    update = stars_went_back(1)
    del update["message"]["refunded_payment"]
    update["message"]["pinned_message"] = {}

    assert read(update) is None


async def test_notes_of_refunds_that_an_earlier_version_left_lying_are_finished(
    database: Database, clock: ManualClock
) -> None:
    await kept(database, clock, *[stars_went_back(number) for number in range(1, 121)], a_payment(500))
    shop = Shop()

    await look_around(database, clock, shop)
    await look_around(database, clock, shop)

    assert len(shop.handled) == 121
    async with database.read() as session:
        open_ones = select(func.count()).select_from(TelegramUpdate).where(TelegramUpdate.done_at.is_(None))
        assert await session.scalar(open_ones) == 0


async def test_a_hundred_poisoned_updates_do_not_stand_before_a_lost_payment(
    database: Database, clock: ManualClock
) -> None:
    """Guard: what failed waits, and what was never tried has its turn."""
    await kept(database, clock, *[a_payment(number) for number in range(1, 131)])
    shop = Shop(*range(1, 130))

    await look_around(database, clock, shop)
    assert shop.handled == []
    await look_around(database, clock, shop)

    assert shop.handled == [130]


async def test_poison_is_tried_later_and_later_then_set_aside_and_named_once(
    database: Database, clock: ManualClock
) -> None:
    """Guard: the number of tries."""
    await kept(database, clock, a_payment(8))
    shop = Shop(8)
    began = clock.now()

    for _ in range(3 * tries.MOST):
        await look_around(database, clock, shop)
        clock.pass_by(hours=1)

    poisoned = await row(database, 8)
    assert shop.tried == [8] * tries.MOST
    assert poisoned.dead_at == began + timedelta(hours=tries.MOST - 1)
    assert await alerts(database) == ["set_aside: Telegram update 8"]
    async with database.read() as session:
        (finding,) = await updates_are_handled(session, clock.now())
    assert "set aside (handling it failed" in str(finding)
    assert "storefront aside" in str(finding)


async def test_between_two_tries_nobody_is_asked(database: Database, clock: ManualClock) -> None:
    await kept(database, clock, a_payment(8))
    shop = Shop(8)

    for seconds in (0, 4, 1, 9, 1):
        clock.pass_by(seconds=seconds)
        await look_around(database, clock, shop)

    assert len(shop.tried) == 3


async def test_what_nobody_can_read_is_set_aside_at_once(database: Database, clock: ManualClock) -> None:
    broken = a_payment(9)
    broken["message"]["successful_payment"] = {**PAID, "currency": None, "total_amount": "much"}
    shop = Shop()
    line = Line([in_a_group(8), broken, a_payment(10)])
    async with database.begin() as session:
        await user(session, OSCAR)

    turns = Turns(noting(shop.handle, database, clock, POLICY))
    polling = asyncio.create_task(Polling(line, database, clock, turns, policy=POLICY).run())  # noqa: TID251  gathered below
    await line._empty.wait()
    await turns.drain()
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)

    assert shop.handled == [10]
    async with database.read() as session:
        found = {one.name: one.why for one in await set_aside.list_aside(session)}
    assert found == {
        "update:8": "not from a person in their private chat",
        "update:9": """unreadable: ValueError("invalid literal for int() with base 10: 'much'")""",
    }
    assert len(await alerts(database)) == 2


async def test_a_person_can_have_it_tried_again_or_close_it(database: Database, clock: ManualClock) -> None:
    await kept(database, clock, in_a_group(8), in_a_group(9))
    shop = Shop()
    await look_around(database, clock, shop)

    async with database.begin() as session:
        assert await set_aside.close(session, ["update:9"], now=clock.now()) == 1
        assert await set_aside.try_again(session, ["update:8", "update:9", "event:1"], now=clock.now()) == 1

    assert (await row(database, 8)).dead_at is None
    assert (await row(database, 9)).done_at is not None


async def test_by_webhook_poison_is_kept_and_at_last_taken_from_telegram(
    database: Database, clock: ManualClock
) -> None:
    """Telegram would bring it for a day and then forget it. Guard: what failed is written down."""
    async with database.begin() as session:
        await user(session, OSCAR)
    shop = Shop(8)
    turns = Turns(noting(shop.handle, database, clock, POLICY))
    webhook = Webhook(turns, None, Unhandled(database, clock, POLICY))

    answers = [await webhook.take(a_payment(8)) for _ in range(tries.MOST + 1)]

    assert answers == ["failed"] * tries.MOST + ["done"]
    assert (await row(database, 8)).dead_at is not None
    assert await webhook.take(in_a_group(9)) == "done"
    assert await alerts(database) == ["set_aside: Telegram update 8", "set_aside: Telegram update 9"]


async def test_by_webhook_what_failed_once_and_then_went_well_is_done(database: Database, clock: ManualClock) -> None:
    failing, well = Shop(8), Shop()
    for shop in (failing, well):
        turns = Turns(noting(shop.handle, database, clock, POLICY))
        await Webhook(turns, None, Unhandled(database, clock, POLICY)).take(a_payment(8))

    assert (await row(database, 8)).done_at is not None
    assert isinstance(getattr(read(a_payment(8)), "what", None), PaymentMade)

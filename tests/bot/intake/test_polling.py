"""Fetching updates: money is stored before it is confirmed, and nothing unreadable stops the loop."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from bot.intake import inbox
from bot.intake.polling import Polling, noting
from bot.intake.reading import Incoming
from bot.intake.turns import Turns
from bot.routing.said import PaymentMade
from bot.sending.api import ShopBot
from db.models import TelegramUpdate
from db.session import Database
from shop.policy import Policy
from tests.world.clock import ManualClock
from tests.world.people import OLGA

ANN = {"id": 1001, "is_bot": False, "first_name": "Ann"}
CHAT = {"id": 1001, "type": "private", "first_name": "Ann"}
POLICY = Policy(operators=frozenset({OLGA.telegram_id}))
PAID = {
    "currency": "EUR",
    "total_amount": 450,
    "invoice_payload": "order-1",
    "telegram_payment_charge_id": "tg-1",
    "provider_payment_charge_id": "pr-1",
}


def a_text(number: int, text: str = "hello") -> dict[str, Any]:
    return {"update_id": number, "message": {"message_id": 1, "date": 0, "from": ANN, "chat": CHAT, "text": text}}


def a_payment(number: int) -> dict[str, Any]:
    message = {"message_id": 1, "date": 0, "from": ANN, "chat": CHAT, "successful_payment": PAID}
    return {"update_id": number, "message": message}


class Line(ShopBot):
    """Telegram's side: hands out batches, and notes what was confirmed when."""

    def __init__(self, *batches: list[dict[str, Any]]) -> None:
        super().__init__("1:pretend")
        self._batches = list(batches)
        self._asked: list[int | None] = []
        self._empty = asyncio.Event()

    async def fetch_updates(
        self, *, offset: int | None, wait: int, allowed: tuple[str, ...], limit: int = 100
    ) -> list[dict[str, Any]]:
        self._asked.append(offset)
        if self._batches:
            return self._batches.pop(0)
        self._empty.set()
        await asyncio.Event().wait()
        return []


class Counter:
    """Handles updates, refusing as often as it was told."""

    def __init__(self, refusals: int = 0) -> None:
        self.seen: list[Incoming] = []
        self._refusals = refusals

    async def handle(self, incoming: Incoming) -> bool:
        self.seen.append(incoming)
        self._refusals -= 1
        return self._refusals < 0


async def _poll(line: Line, database: Database, clock: ManualClock, counter: Counter) -> None:
    turns = Turns(noting(counter.handle, database, clock, POLICY))
    polling = asyncio.create_task(Polling(line, database, clock, turns, policy=POLICY).run())  # noqa: TID251  gathered below
    await line._empty.wait()
    await turns.drain()
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


async def _stored(database: Database) -> list[TelegramUpdate]:
    async with database.read() as session:
        return list(await session.scalars(select(TelegramUpdate)))


async def test_money_is_stored_before_it_is_confirmed_and_marked_when_booked(
    database: Database, clock: ManualClock
) -> None:
    line, counter = Line([a_text(7), a_payment(8)]), Counter()

    await _poll(line, database, clock, counter)

    assert line._asked == [None, 9]
    (row,) = await _stored(database)
    assert (row.update_id, row.kind, row.attempts, row.done_at) == (8, "payment", 1, clock.now())


@pytest.mark.one_database
async def test_money_that_could_not_be_booked_is_tried_again_after_a_restart(
    database: Database, clock: ManualClock
) -> None:
    await _poll(Line([a_payment(8)]), database, clock, Counter(refusals=1))
    assert (await _stored(database))[0].done_at is None
    again = Counter()
    clock.pass_by(seconds=5)

    await _poll(Line(), database, clock, again)

    (incoming,) = again.seen
    assert isinstance(incoming.what, PaymentMade)
    assert incoming.what.telegram_charge_id == "tg-1"
    assert (await _stored(database))[0].done_at is not None


@pytest.mark.one_database
async def test_money_that_could_not_be_booked_is_tried_again_soon(database: Database, clock: ManualClock) -> None:
    line, counter = Line([a_payment(8)]), Counter(refusals=2)
    turns = Turns(noting(counter.handle, database, clock, POLICY))
    polling = asyncio.create_task(Polling(line, database, clock, turns, policy=POLICY, again=0.0).run())  # noqa: TID251  cancelled below

    async with asyncio.timeout(30):
        while not [row for row in await _stored(database) if row.done_at]:
            await asyncio.sleep(0)

    assert [incoming.update_id for incoming in counter.seen] == [8, 8, 8]
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


@pytest.mark.one_database
async def test_money_delivered_twice_is_stored_once(database: Database, clock: ManualClock) -> None:
    for _ in range(2):
        async with database.begin() as session:
            await inbox.keep(session, [a_payment(8)], now=clock.now())

    assert len(await _stored(database)) == 1


@pytest.mark.one_database
@pytest.mark.parametrize(
    "broken",
    [
        {"update_id": 1},
        {"update_id": 1, "message": {"chat": None, "from": ANN}},
        {"update_id": 1, "message": "what"},
        {"update_id": 1, "callback_query": {"from": ANN}},
        {"update_id": 1, "callback_query": {"id": "1", "from": ANN, "data": 5, "message": {"chat": {}}}},
        {"update_id": 1, "shipping_query": {"id": "1", "from": ANN}},
        {"update_id": 1, "message": {"chat": {**CHAT, "type": "group"}, "from": ANN, "message_id": 1, "text": "hi"}},
    ],
)
async def test_an_update_that_cannot_be_read_stops_nobody(
    database: Database, clock: ManualClock, broken: Mapping[str, Any]
) -> None:
    line, counter = Line([dict(broken), a_text(2)]), Counter()

    await _poll(line, database, clock, counter)

    assert [incoming.update_id for incoming in counter.seen] == [2]
    assert line._asked[-1] == 3

"""A message that another replica handled is not handled again; what failed is; old notes go."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.intake.reading import Incoming
from bot.intake.repeats import KEPT, Repeats, forget_old
from bot.intake.turns import Turns
from bot.intake.webhook import Webhook
from db.models import TelegramUpdate
from db.session import Database
from tests.world.clock import ManualClock
from tests.world.people import ANN


def _message(update_id: int, text: str = "/restock 7 +10") -> Mapping[str, Any]:
    sender = {"id": ANN.telegram_id, "first_name": ANN.name}
    chat = {"id": ANN.telegram_id, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": 1, "from": sender, "chat": chat, "text": text},
    }


class Replica:
    """Counts what it serves; `works` says how it ends."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.served = 0
        self.works = True
        self.webhook = Webhook(Turns(self._serve), Repeats(database, clock))

    async def _serve(self, incoming: Incoming) -> bool:
        await asyncio.sleep(0)
        self.served += 1
        return self.works


async def test_ten_more_of_these_is_done_once_though_the_answer_was_lost(
    database: Database, clock: ManualClock
) -> None:
    first, second = Replica(database, clock), Replica(database, clock)

    assert await first.webhook.take(_message(1)) == "done"
    assert await second.webhook.take(_message(1)) == "done"
    assert await second.webhook.take(_message(2)) == "done"

    assert (first.served, second.served) == (1, 1)


async def test_the_way_home_is_shown_again_rather_than_noted(database: Database, clock: ManualClock) -> None:
    first, second = Replica(database, clock), Replica(database, clock)

    assert await first.webhook.take(_message(1, "/start")) == "done"
    assert await second.webhook.take(_message(1, "/start")) == "done"

    assert (first.served, second.served) == (1, 1)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(TelegramUpdate)) == 0


async def test_what_failed_at_one_replica_is_served_by_another(database: Database, clock: ManualClock) -> None:
    first, second = Replica(database, clock), Replica(database, clock)
    first.works = False

    assert await first.webhook.take(_message(1)) == "failed"
    assert await second.webhook.take(_message(1)) == "done"

    assert second.served == 1


async def test_notes_are_kept_as_long_as_telegram_may_repeat(database: Database, clock: ManualClock) -> None:
    replica = Replica(database, clock)
    await replica.webhook.take(_message(1))
    clock.pass_by(days=1)
    assert await forget_old(database, clock) == 0
    clock.pass_by(seconds=(KEPT - timedelta(hours=12)).total_seconds())
    assert await forget_old(database, clock) == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(TelegramUpdate)) == 0

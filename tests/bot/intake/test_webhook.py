"""Updates that Telegram brings: acknowledged only when they were handled."""

import asyncio

from bot.intake.reading import Incoming
from bot.intake.turns import Turns
from bot.intake.webhook import Webhook
from tests.bot.intake.test_polling import Counter, a_payment, a_text


async def test_an_update_is_done_when_it_was_handled_and_not_handled_again() -> None:
    counter = Counter()
    webhook = Webhook(Turns(counter.handle))

    assert await webhook.take(a_text(1)) == "done"
    assert await webhook.take(a_text(1)) == "done"

    assert len(counter.seen) == 1


async def test_what_failed_comes_again() -> None:
    counter = Counter(refusals=1)
    webhook = Webhook(Turns(counter.handle))

    assert await webhook.take(a_payment(1)) == "failed"
    assert await webhook.take(a_payment(1)) == "done"


async def test_a_full_house_pushes_back() -> None:
    go_on = asyncio.Event()

    async def wait(_incoming: Incoming) -> bool:
        return await go_on.wait()

    webhook = Webhook(Turns(wait, room=1))
    async with asyncio.TaskGroup() as group:
        first = group.create_task(webhook.take(a_text(1)))
        await asyncio.sleep(0)
        assert await webhook.take(a_text(2)) == "full"
        go_on.set()

    assert first.result() == "done"


async def test_garbage_is_taken_and_forgotten() -> None:
    counter = Counter()
    webhook = Webhook(Turns(counter.handle))

    assert await webhook.take({"update_id": 5, "message": {"from": None}}) == "done"
    assert await webhook.take({"update_id": 6, "poll": {}}) == "done"
    assert counter.seen == []

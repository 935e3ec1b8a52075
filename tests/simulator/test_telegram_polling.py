"""getUpdates: waiting, confirming, filtering, conflicts, how long updates live."""

import asyncio

from simulator.clock import ManualClock
from simulator.server import Simulator
from simulator.telegram.bots import Poll
from simulator.telegram.wire import JsonObject
from tests.simulator.telegram_world import ANN, TOKEN, Api


def words(updates: list[JsonObject]) -> list[object]:
    """The texts of message updates."""
    return [update["message"]["text"] for update in updates]  # type: ignore[call-overload, index]  # JSON of a message


async def test_an_update_comes_again_until_an_offset_confirms_it(simulator: Simulator, api: Api) -> None:
    for text in ("one", "two", "three"):
        simulator.send(ANN, text)
    updates = await api.updates()
    last = int(str(updates[-1]["update_id"]))

    assert words(updates) == words(await api.updates()) == ["one", "two", "three"]
    assert words(await api.updates(offset=last)) == ["three"]
    assert await api.updates(offset=last + 1) == []
    assert await api.updates() == []


async def test_a_negative_offset_keeps_only_the_newest(simulator: Simulator, api: Api) -> None:
    for text in ("one", "two", "three"):
        simulator.send(ANN, text)

    assert words(await api.updates(offset=-2)) == ["two", "three"]
    assert words(await api.updates()) == ["two", "three"]


async def test_a_limit_cuts_the_batch(simulator: Simulator, api: Api) -> None:
    for number in range(120):
        simulator.send(ANN, str(number))

    assert len(await api.updates(limit=3)) == 3
    assert len(await api.updates(limit=1000)) == 100


async def waiting(simulator: Simulator) -> Poll:
    """The getUpdates call that waits."""
    bot = simulator.world.bot(TOKEN)
    while bot.poll is None:
        await asyncio.sleep(0)
    return bot.poll


async def test_a_poll_waits_for_the_first_update(simulator: Simulator, api: Api) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.updates(timeout=30))
        await waiting(simulator)
        simulator.send(ANN, "now")

    assert words(poll.result()) == ["now"]


async def test_a_second_poll_ends_the_first_with_a_conflict(simulator: Simulator, api: Api) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(api.refused("getUpdates", timeout=30))
        await waiting(simulator)
        second = group.create_task(api.updates(timeout=30))
        while not first.done():
            await asyncio.sleep(0)
        simulator.send(ANN, "for the second")

    conflict = "terminated by other getUpdates request; make sure that only one bot instance is running"
    assert first.result() == (409, f"Conflict: {conflict}")
    assert words(second.result()) == ["for the second"]


async def test_a_webhook_ends_a_poll_and_forbids_the_next(simulator: Simulator, api: Api) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.refused("getUpdates", timeout=30))
        await waiting(simulator)
        await api.ask("setWebhook", url="http://127.0.0.1:9/hook")

    assert poll.result() == (409, "Conflict: terminated by setWebhook request")
    assert await api.refused("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await api.ask("deleteWebhook")
    assert await api.updates() == []


async def test_a_bot_that_dies_while_it_waits_loses_nothing(simulator: Simulator, api: Api) -> None:
    poll = asyncio.create_task(api.updates(timeout=30))  # noqa: TID251  cancelled below, as a kill would
    await waiting(simulator)
    poll.cancel()
    while simulator.world.bot(TOKEN).poll is not None:
        await asyncio.sleep(0)
    simulator.send(ANN, "after the crash")

    assert words(await api.updates(timeout=5)) == ["after the crash"]


async def test_allowed_updates_are_remembered_until_changed(simulator: Simulator, api: Api) -> None:
    await api.updates(allowed_updates=["callback_query"])
    simulator.send(ANN, "unheard")
    assert await api.updates() == []
    await api.updates(allowed_updates=[])
    simulator.send(ANN, "heard")

    assert words(await api.updates()) == ["heard"]


async def test_messages_live_a_day_and_queries_two_and_a_half_minutes(api: Api) -> None:
    async with Simulator(clock=ManualClock()) as slow:
        caller = Api(api.session, slow)
        await caller.ask("getMe")
        slow.send(ANN, "/start")
        slow.tap_data(ANN, "x", message_id=1)
        assert len(await caller.updates()) == 2
        slow.advance(150)
        assert words(await caller.updates()) == ["/start"]
        slow.advance(86_400 - 150)

        assert await caller.updates() == []


async def test_a_repeated_update_is_given_once_more_whatever_the_offset(simulator: Simulator, api: Api) -> None:
    simulator.send(ANN, "once")
    update = (await api.updates())[0]
    after = int(str(update["update_id"])) + 1
    assert await api.updates(offset=after) == []
    simulator.redeliver()

    assert await api.updates(offset=after) == [update]
    assert await api.updates(offset=after) == []


async def test_pending_updates_can_be_dropped(simulator: Simulator, api: Api) -> None:
    simulator.send(ANN, "lost")
    await api.ask("deleteWebhook", drop_pending_updates=True)

    assert await api.updates() == []


async def test_every_token_is_a_bot_of_its_own(simulator: Simulator, api: Api) -> None:
    other = Api(api.session, simulator, "77:other-token")
    assert (await other.make("getMe"))["id"] == 77
    simulator.send(ANN, "for the first", bot=TOKEN)

    assert await other.updates() == []
    assert words(await api.updates()) == ["for the first"]
    assert await other.refused("sendMessage", chat_id=ANN, text="x") == (400, "Bad Request: chat not found")

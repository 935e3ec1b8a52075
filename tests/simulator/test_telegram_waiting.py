"""The helpers tests wait with: for a chat to look right, for the bot to be done, for the clock."""

import asyncio

import pytest

from simulator.clock import ManualClock
from simulator.server import Simulator
from simulator.telegram.wire import Json
from simulator.waiting import NeverHappened
from tests.simulator.telegram_world import ANN, TOKEN, Api

KEYBOARD: Json = {"inline_keyboard": [[{"text": "Tap", "callback_data": "t"}]]}


async def test_waiting_ends_with_the_change_it_waits_for(simulator: Simulator, api: Api) -> None:
    async with asyncio.TaskGroup() as group:
        seen = group.create_task(simulator.wait_for(ANN, lambda chat: chat.newest and chat.newest.words == "Hello"))
        await asyncio.sleep(0)
        await api.ask("sendMessage", chat_id=ANN, text="Hello")

    assert seen.result()


async def test_what_never_happens_is_told_with_the_chat(simulator: Simulator, api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="Something else", reply_markup=KEYBOARD)

    with pytest.raises(NeverHappened, match=r"(?s)Something else.*\[Tap\]"):
        await simulator.wait_for(ANN, lambda chat: chat.shows("Hello"), timeout=0.01)


async def test_the_bot_is_busy_until_it_confirmed_answered_and_polls_again(simulator: Simulator, api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="x", reply_markup=KEYBOARD)
    query = simulator.tap(ANN, "Tap").query
    assert query
    with pytest.raises(NeverHappened, match="updates not confirmed"):
        await simulator.idle(timeout=0.01)
    updates = await api.updates()
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.updates(offset=int(str(updates[-1]["update_id"])) + 1, timeout=30))
        with pytest.raises(NeverHappened, match=r"callback query of person 1001 is not answered \(data 't'\)"):
            await simulator.idle(timeout=0.1)
        await api.ask("answerCallbackQuery", callback_query_id=query.id)
        await simulator.idle(timeout=2)
        simulator.world.bot(TOKEN).end_poll("over")
        poll.cancel()


async def test_a_clock_moved_by_hand_wakes_sleepers_in_order() -> None:
    clock, woken = ManualClock(), list[str]()

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    async with asyncio.TaskGroup() as group:
        for name, seconds in (("late", 20), ("soon", 10), ("now", 0)):
            group.create_task(sleeper(name, seconds))
        for _ in range(3):
            await asyncio.sleep(0)
        assert woken == ["now"]
        clock.advance(10)
        await asyncio.sleep(0)
        assert woken == ["now", "soon"]
        clock.advance(10)

    assert woken == ["now", "soon", "late"]

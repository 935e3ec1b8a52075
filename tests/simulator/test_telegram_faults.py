"""Trouble on demand: errors, lost answers, flood limits; and how PTB's client sees them."""

import pytest
import telegram
import telegram.error

from simulator.clock import ManualClock
from simulator.server import Simulator
from tests.simulator.telegram_world import ANN, BOB, TOKEN, Api


async def test_a_429_says_how_long_to_wait_and_is_over_after_its_times(api: Api) -> None:
    api.simulator.fail("sendMessage", "429", retry_after=7, times=2)
    for _ in range(2):
        status, body = await api.post("sendMessage", chat_id=ANN, text="x")
        assert (status, body["parameters"]) == (429, {"retry_after": 7})

    await api.ask("sendMessage", chat_id=ANN, text="y")
    assert [message.words for message in api.simulator.chat(ANN).said] == ["y"]


async def test_a_500_is_a_network_error(api: Api, bot: telegram.Bot) -> None:
    api.simulator.fail("*", "500")

    with pytest.raises(telegram.error.NetworkError):
        await bot.get_me()


async def test_a_closed_connection_did_nothing(api: Api, bot: telegram.Bot) -> None:
    api.simulator.fail("sendMessage", "close")

    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(ANN, "lost")
    assert api.simulator.chat(ANN).said == []


async def test_an_answer_lost_after_the_work_leaves_the_message(api: Api, bot: telegram.Bot) -> None:
    api.simulator.fail("sendMessage", "close_after_commit")

    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(ANN, "said all the same")
    assert [message.words for message in api.simulator.chat(ANN).said] == ["said all the same"]


async def test_a_hanging_call_times_out_at_the_client(api: Api, bot: telegram.Bot) -> None:
    api.simulator.fail("sendMessage", "hang", seconds=30)

    with pytest.raises(telegram.error.TimedOut):
        await bot.send_message(ANN, "x", read_timeout=0.05)


async def test_a_slow_call_is_answered_all_the_same(api: Api, bot: telegram.Bot) -> None:
    api.simulator.fail("sendMessage", "slow", seconds=0.05)

    assert (await bot.send_message(ANN, "x")).text == "x"


async def test_a_fault_can_wait_for_its_turn(api: Api, bot: telegram.Bot) -> None:
    api.simulator.fail("sendMessage", "500", after=1)
    await bot.send_message(ANN, "first")

    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(ANN, "second")
    await bot.send_message(ANN, "third")


async def test_flood_limits_bite_when_switched_on(api: Api) -> None:
    async with Simulator(clock=ManualClock()) as strict:
        caller = Api(api.session, strict)
        await caller.ask("getMe")
        for who in (ANN, BOB):
            strict.send(who, "/start")
        strict.world.flood.enabled = True
        for _ in range(5):
            await caller.ask("sendMessage", chat_id=ANN, text="x")
        status, body = await caller.post("sendMessage", chat_id=ANN, text="x")
        await caller.ask("sendMessage", chat_id=BOB, text="x")
        strict.advance(1)
        await caller.ask("sendMessage", chat_id=ANN, text="x")

    assert status == 429
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_the_whole_bot_sends_thirty_messages_at_once(api: Api) -> None:
    async with Simulator(clock=ManualClock()) as strict:
        caller = Api(api.session, strict)
        await caller.ask("getMe")
        strict.world.flood.burst = 100
        strict.world.flood.enabled = True
        strict.send(ANN, "/start")
        codes = [(await caller.post("sendMessage", chat_id=ANN, text="x"))[0] for _ in range(31)]

    assert codes == [200] * 30 + [429]


async def test_the_call_log_never_shows_the_token(api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="x")
    logged = str([call.to_json() for call in api.simulator.calls()])

    assert "sendMessage" in logged
    assert TOKEN not in logged
    assert TOKEN.partition(":")[2] not in logged

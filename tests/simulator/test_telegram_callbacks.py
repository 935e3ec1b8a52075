"""Taps and their one answer."""

import pytest

from simulator.acts.refusals import CannotDo
from simulator.clock import ManualClock
from simulator.server import Simulator
from simulator.telegram.wire import Json
from tests.simulator.telegram_world import ANN, BOB, Api

KEYBOARD: Json = {
    "inline_keyboard": [
        [{"text": "− 1", "callback_data": "less"}, {"text": "+ 1", "callback_data": "more"}],
        [{"text": "Pay", "callback_data": "pay"}, {"text": "Site", "url": "https://a.de"}],
    ]
}
TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


async def show(api: Api) -> int:
    message = await api.make("sendMessage", chat_id=ANN, text="Cart", reply_markup=KEYBOARD)
    return int(str(message["message_id"]))


async def test_a_tap_by_its_label_reaches_the_bot_with_the_message_as_it_is(simulator: Simulator, api: Api) -> None:
    message_id = await show(api)
    simulator.tap(ANN, "+ 1")
    query = (await api.updates())[0]["callback_query"]

    assert isinstance(query, dict)
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("more", ANN, message_id)
    assert query["message"]["from"]["is_bot"] is True
    assert query["message"]["reply_markup"] == KEYBOARD


async def test_each_tap_is_answered_at_most_once(simulator: Simulator, api: Api) -> None:
    await show(api)
    query = simulator.tap(ANN, "Pay").query
    assert query
    await api.ask("answerCallbackQuery", callback_query_id=query.id, text="Done")

    assert await api.refused("answerCallbackQuery", callback_query_id=query.id) == TOO_OLD
    assert [toast.text for toast in simulator.chat(ANN).toasts] == ["Done"]


async def test_an_invented_query_cannot_be_answered(api: Api) -> None:
    assert await api.refused("answerCallbackQuery", callback_query_id="12345") == TOO_OLD


async def test_an_answer_is_at_most_two_hundred_characters(simulator: Simulator, api: Api) -> None:
    await show(api)
    query = simulator.tap(ANN, "Pay").query
    assert query

    assert await api.refused("answerCallbackQuery", callback_query_id=query.id, text="x" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
    assert await api.refused("answerCallbackQuery", callback_query_id=query.id, url="https://a.de") == (
        400,
        "Bad Request: URL_INVALID",
    )
    await api.ask("answerCallbackQuery", callback_query_id=query.id, text="x" * 200, show_alert=True)
    assert simulator.chat(ANN).toasts[0].alert


async def test_after_two_and_a_half_minutes_a_tap_is_too_old(api: Api) -> None:
    async with Simulator(clock=ManualClock()) as slow:
        caller = Api(api.session, slow)
        await caller.ask("getMe")
        slow.send(ANN, "/start")
        await show(caller)
        query = slow.tap(ANN, "Pay").query
        slow.advance(151)
        assert query

        assert await caller.refused("answerCallbackQuery", callback_query_id=query.id) == TOO_OLD
        assert [update["update_id"] for update in await caller.updates()] == [700_000_001]


async def test_a_label_that_is_not_on_show_is_refused_with_those_that_are(simulator: Simulator, api: Api) -> None:
    await show(api)

    with pytest.raises(CannotDo, match=r"Ann sees no button 'Sell'; on show: '− 1', '\+ 1', 'Pay', 'Site'"):
        simulator.tap(ANN, "Sell")
    with pytest.raises(CannotDo, match="2 buttons '1'"):
        simulator.tap(ANN, "1")
    with pytest.raises(CannotDo, match="Bob sees no keyboard"):
        simulator.tap(BOB, "Pay")


async def test_only_the_newest_keyboard_is_tapped_unless_a_message_is_named(simulator: Simulator, api: Api) -> None:
    first = await show(api)
    newer: Json = {"inline_keyboard": [[{"text": "Ok", "callback_data": "o"}]]}
    await api.ask("sendMessage", chat_id=ANN, text="Newer", reply_markup=newer)

    with pytest.raises(CannotDo):
        simulator.tap(ANN, "Pay")
    assert simulator.tap(ANN, "Pay", message_id=first).message_id == first


async def test_a_link_is_returned_and_the_bot_hears_nothing(simulator: Simulator, api: Api) -> None:
    await show(api)

    assert simulator.tap(ANN, "Site").url == "https://a.de"
    assert await api.updates() == []


async def test_forged_data_from_a_deleted_message_arrives_as_inaccessible(simulator: Simulator, api: Api) -> None:
    message_id = await show(api)
    await api.ask("deleteMessage", chat_id=ANN, message_id=message_id)
    simulator.tap_data(ANN, "admin:1", message_id=message_id)
    query = (await api.updates())[0]["callback_query"]

    assert isinstance(query, dict)
    assert query["data"] == "admin:1"
    assert query["message"]["date"] == 0


async def test_a_reply_keyboard_sends_its_label_as_a_text(simulator: Simulator, api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="Choose", reply_markup={"keyboard": [["Menu"], [{"text": "Help"}]]})
    simulator.tap(ANN, "Help")

    message = (await api.updates())[0]["message"]
    assert isinstance(message, dict)
    assert message["text"] == "Help"


async def test_a_deep_link_starts_the_bot_with_its_argument(simulator: Simulator, api: Api) -> None:
    username = (await api.make("getMe"))["username"]
    simulator.follow(BOB, f"https://t.me/{username}?start=product_17")

    message = (await api.updates())[0]["message"]
    assert isinstance(message, dict)
    assert message["text"] == "/start product_17"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]

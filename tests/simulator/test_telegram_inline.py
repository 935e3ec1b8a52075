"""Inline mode: a query, its one answer of at most fifty results, and what a person sends of them."""

import pytest

from simulator.acts.inline import send_result
from simulator.acts.refusals import CannotDo
from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, TOKEN, Api

KEYS: Json = {"inline_keyboard": [[{"text": "Look", "url": "https://t.me/a_bot?start=p_1"}]]}


def article(number: object = 1, **more: Json) -> JsonObject:
    """A result that Telegram takes."""
    content: Json = {"message_text": "<b>Tea</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": str(number), "title": "Tea", "input_message_content": content, **more}


@pytest.fixture
def inline(simulator: Simulator) -> Simulator:
    """Inline mode is on."""
    simulator.world.bot(TOKEN).inline = True
    return simulator


async def test_the_bot_hears_the_words_and_the_person_sends_a_result(inline: Simulator, api: Api) -> None:
    query = inline.ask_inline(ANN, "tea", "10")
    heard = (await api.updates())[0]["inline_query"]
    assert isinstance(heard, dict)
    assert (heard["query"], heard["offset"], heard["from"]["id"]) == ("tea", "10", ANN)

    await api.ask("answerInlineQuery", inline_query_id=query.id, results=[article(reply_markup=KEYS)], next_offset="20")

    offered = inline.offered(query)
    assert ([one.title for one in offered.results], offered.next_offset) == (["Tea"], "20")
    chat = inline.chat(ANN)
    sent = send_result(inline.world, chat.bot, chat, chat.person, offered.query_id, "1")
    assert (sent.words, sent.labels, sent.from_bot) == ("Tea", ["Look"], False)
    with pytest.raises(CannotDo):
        send_result(inline.world, chat.bot, chat, chat.person, offered.query_id, "2")
    body = (await api.updates())[-1]["message"]
    assert isinstance(body, dict)
    assert body["via_bot"]["username"] == chat.bot.username


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article(n) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("")], "RESULT_ID_INVALID"),
        ([{**article(), "title": ""}], "can't parse inline query result: Can't find field \"title\""),
        ([article(input_message_content={"message_text": "x" * 4097})], "message is too long"),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        ([{"type": "photo", "id": "1", "photo_file_id": "stranger"}], "wrong file identifier/HTTP URL specified"),
        ([article(reply_markup={"inline_keyboard": [[{"text": "Pay", "pay": True}]]})], "BUTTON_TYPE_INVALID"),
        ({}, "can't parse inline query results: Expected an Array of inline query results"),
    ],
)
async def test_what_telegram_refuses_is_refused(inline: Simulator, api: Api, results: Json, words: str) -> None:
    query = inline.ask_inline(ANN, "tea")

    refused = await api.refused("answerInlineQuery", inline_query_id=query.id, results=results)

    assert refused == (400, f"Bad Request: {words}")


async def test_a_query_is_answered_once_and_only_where_inline_mode_is_on(inline: Simulator, api: Api) -> None:
    query = inline.ask_inline(ANN, "tea")
    await api.ask("answerInlineQuery", inline_query_id=query.id, results=[])
    again = await api.refused("answerInlineQuery", inline_query_id=query.id, results=[])
    assert again[1].endswith("query ID is invalid")
    far = await api.refused(
        "answerInlineQuery", inline_query_id=inline.ask_inline(ANN, "x").id, results=[], next_offset="x" * 65
    )
    assert far == (400, "Bad Request: NEXT_OFFSET_INVALID")
    me = await api.ask("getMe")
    assert isinstance(me, dict)
    assert me["supports_inline_queries"] is True
    inline.world.bot(TOKEN).inline = False
    with pytest.raises(CannotDo):
        inline.ask_inline(ANN, "tea")

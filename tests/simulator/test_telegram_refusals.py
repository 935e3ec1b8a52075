"""What Telegram refuses when a bot sends something, and the words it uses."""

import pytest

from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, Api, png


def keyboard(*buttons: Json) -> Json:
    return {"inline_keyboard": [list(buttons)]}


PARSE, OBJECT = "can't parse inline keyboard button:", "must be of type Object"
COPY: JsonObject = {"text": "a", "copy_text": {"text": "c"}}
REFUSED: list[tuple[dict[str, Json], str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "x", "parse_mode": "Klingon"}, "unsupported parse_mode"),
    ({"text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    ({"text": "x", "reply_markup": {"inline_keyboard": 1}}, 'field "inline_keyboard" must be of type Array'),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        {"text": "x", "reply_markup": keyboard({"text": "only words"})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "x", "reply_markup": keyboard(COPY | {"copy_text": {"text": "c" * 257}})}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "reply_markup": keyboard(COPY | {"copy_text": {"text": ""}})}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "reply_markup": keyboard(COPY | {"copy_text": {}})}, f'{PARSE} Can\'t find field "text"'),
    ({"text": "x", "reply_markup": keyboard(COPY | {"copy_text": "c"})}, f'{PARSE} Field "copy_text" {OBJECT}'),
    (
        {"text": "x", "reply_markup": keyboard({"text": "a", "web_app": "https://a.de"})},
        f'{PARSE} Field "web_app" {OBJECT}',
    ),
    (
        {"text": "x", "reply_markup": keyboard({"text": "a", "web_app": {"url": "http://a.de"}})},
        "inline keyboard button Web App URL 'http://a.de' is invalid: Only HTTPS links are allowed",
    ),
    ({"text": "x", "reply_markup": keyboard({"text": "a", "disabled": True})}, f'{PARSE} Field "disabled" {OBJECT}'),
    ({"text": "x", "reply_markup": keyboard(COPY | {"style": "red"})}, f"{PARSE} invalid button style specified"),
    ({"text": "x", "reply_markup": keyboard(COPY | {"style": 5})}, f'{PARSE} Field "style" must be of type String'),
    (
        {"text": "x", "reply_markup": keyboard(COPY | {"icon_custom_emoji_id": "tea"})},
        f"{PARSE} invalid custom emoji identifier specified",
    ),
    ({"text": "x", "reply_markup": keyboard({"text": " ", "callback_data": "b"})}, "BUTTON_TEXT_INVALID"),
    ({"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "b" * 65})}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "ж" * 33})}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard({"text": "Pay", "pay": True})}, "BUTTON_TYPE_INVALID"),
    (
        {"text": "x", "reply_markup": keyboard({"text": "a", "url": "not a link"})},
        "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL specified",
    ),
    (
        {"text": "x", "reply_markup": keyboard(*({"text": "a", "callback_data": "b"} for _ in range(9)))},
        "reply markup is too long",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}},
        "reply markup is too long",
    ),
]


@pytest.mark.parametrize(("parameters", "words"), REFUSED)
async def test_a_text_is_refused_with_telegrams_words(parameters: dict[str, Json], words: str, api: Api) -> None:
    assert await api.refused("sendMessage", chat_id=ANN, **parameters) == (400, f"Bad Request: {words}")
    assert len(api.simulator.chat(ANN).messages) == 1


async def test_texts_at_the_limits_are_accepted(api: Api) -> None:
    buttons = [[{"text": "a", "callback_data": "ж" * 32}] * 8] * 12
    html = f"<b>{'&amp;' * 4096}</b>"

    await api.ask("sendMessage", chat_id=ANN, text=html, parse_mode="HTML", reply_markup={"inline_keyboard": buttons})


@pytest.mark.parametrize("chat", [None, 5, "@nobody", "ann", 1003])
async def test_a_chat_that_nobody_started_is_not_found(chat: Json, api: Api) -> None:
    words = "Bad Request: chat not found" if chat else "Bad Request: chat_id is empty"

    assert await api.refused("sendMessage", chat_id=chat, text="x") == (400, words)


async def test_whoever_blocked_the_bot_hears_nothing_more(simulator: Simulator, api: Api) -> None:
    simulator.block(ANN)
    refusal = (403, "Forbidden: bot was blocked by the user")

    assert await api.refused("sendMessage", chat_id=ANN, text="x") == refusal
    assert await api.refused("sendPhoto", chat_id=ANN, photo="x") == refusal
    assert await api.refused("sendChatAction", chat_id=ANN, action="typing") == refusal
    simulator.block(ANN, blocked=False)
    await api.ask("sendMessage", chat_id=ANN, text="x")


async def test_unknown_methods_tokens_and_revoked_tokens_are_told_apart(simulator: Simulator, api: Api) -> None:
    assert await api.refused("sendHug") == (404, "Not Found: method not found")
    assert await Api(api.session, simulator, "nonsense").refused("getMe") == (404, "Not Found")
    simulator.world.revoked.add(api.token)
    assert await api.refused("getMe") == (401, "Unauthorized")


async def test_a_caption_is_a_quarter_as_long_as_a_text(api: Api) -> None:
    assert await api.upload("sendPhoto", png(), chat_id=ANN, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )
    assert isinstance(await api.upload("sendPhoto", png(), chat_id=ANN, caption="x" * 1024), dict)


async def test_an_album_has_two_to_ten_parts_of_one_kind(api: Api) -> None:
    photo = await api.upload("sendPhoto", png(), chat_id=ANN)
    document = await api.upload("sendDocument", b"x", "document", chat_id=ANN)
    assert isinstance(photo, dict)
    assert isinstance(document, dict)
    picture = {"type": "photo", "media": photo["photo"][-1]["file_id"]}
    paper = {"type": "document", "media": document["document"]["file_id"]}
    count = (400, "Bad Request: media must contain 2-10 items")

    assert await api.refused("sendMediaGroup", chat_id=ANN, media=[picture]) == count
    assert await api.refused("sendMediaGroup", chat_id=ANN, media=[picture] * 11) == count
    assert await api.refused("sendMediaGroup", chat_id=ANN, media=[picture, paper]) == (
        400,
        "Bad Request: can't use the media of the specified type in the album",
    )
    album = await api.ask("sendMediaGroup", chat_id=ANN, media=[picture] * 10)
    assert isinstance(album, list)
    assert len({part["media_group_id"] for part in album}) == 1


async def test_unknown_parameters_are_ignored_but_noted(api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="x", colour="red")

    assert api.simulator.calls("sendMessage")[-1].unknown == ("colour",)

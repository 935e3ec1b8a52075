"""Two libraries written by others judge the pretend Telegram: PTB reads its answers, aiogram validates them."""

import inspect
import re
from collections.abc import Awaitable, Callable

import aiogram.methods
import aiogram.types
import pytest
import telegram

from simulator.server import Simulator
from simulator.telegram.methods import METHODS
from simulator.telegram.wire import Json
from tests.simulator.telegram_world import ANN, BOB, Api, invoice, png

TRANSPORT = {"read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "self"}
# What PTB adds for its users and turns into Telegram's own parameters before it calls.
SUGAR = {"allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview", "filename", "current_offset"}
ALBUM_SUGAR = {"caption", "parse_mode", "caption_entities"}

KEYBOARD: Json = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://a.de"}]]}
HTML: Json = '<b>Bold</b> <a href="https://a.de">link</a> <tg-spoiler>x</tg-spoiler> /start #tag @someone'


@pytest.mark.parametrize("name", sorted(method.name for method in METHODS.values()))
def test_a_served_method_takes_exactly_the_parameters_that_ptb_sends(name: str) -> None:
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    known = set(inspect.signature(getattr(telegram.Bot, snake)).parameters) - TRANSPORT - SUGAR
    if name == "sendMediaGroup":
        known -= ALBUM_SUGAR

    assert METHODS[name.lower()].accepts == known


async def sent_text(api: Api) -> Json:
    return await api.ask("sendMessage", chat_id=ANN, text=HTML, parse_mode="HTML", reply_markup=KEYBOARD)


async def sent_reply(api: Api) -> Json:
    first = await api.make("sendMessage", chat_id=ANN, text="one")
    return await api.ask("sendMessage", chat_id=ANN, text="two", reply_parameters={"message_id": first["message_id"]})


async def sent_photo(api: Api) -> Json:
    return await api.upload("sendPhoto", png(200, 100), chat_id=ANN, caption="<i>Tea</i>", parse_mode="HTML")


async def sent_document(api: Api) -> Json:
    return await api.upload("sendDocument", b"a;b", "document", chat_id=ANN, caption="A list")


async def sent_invoice(api: Api) -> Json:
    return await api.ask("sendInvoice", **invoice())


async def edited_text(api: Api) -> Json:
    message = await api.make("sendMessage", chat_id=ANN, text="one")
    return await api.ask("editMessageText", chat_id=ANN, message_id=message["message_id"], text="two")


async def forwarded(api: Api) -> Json:
    message = await api.make("sendMessage", chat_id=ANN, text="one")
    return await api.ask("forwardMessage", chat_id=BOB, from_chat_id=ANN, message_id=message["message_id"])


MESSAGES: list[Callable[[Api], Awaitable[Json]]] = [
    sent_text,
    sent_reply,
    sent_photo,
    sent_document,
    sent_invoice,
    edited_text,
    forwarded,
]


def judged(result: Json, ptb: type[telegram.TelegramObject], aiogram_type: type[aiogram.types.TelegramObject]) -> None:
    """Fail unless both libraries read the answer, and PTB finds nothing in it that it does not know."""
    assert isinstance(result, dict)
    read = ptb.de_json(result, None)
    assert read is not None
    assert dict(read.api_kwargs) == {}
    aiogram_type.model_validate(result, strict=False)


@pytest.mark.parametrize("make", MESSAGES)
async def test_a_message_reads_well_in_both_libraries(make: Callable[[Api], Awaitable[Json]], api: Api) -> None:
    judged(await make(api), telegram.Message, aiogram.types.Message)


async def test_the_answers_that_are_no_messages_read_well_in_both_libraries(api: Api) -> None:
    photo = await api.upload("sendPhoto", png(), chat_id=ANN)
    assert isinstance(photo, dict)
    file_id = photo["photo"][-1]["file_id"]
    command: Json = {"command": "start", "description": "Begin"}
    await api.ask("setMyCommands", commands=[command])

    judged(await api.ask("getMe"), telegram.User, aiogram.types.User)
    judged(await api.ask("getChat", chat_id=ANN), telegram.ChatFullInfo, aiogram.types.ChatFullInfo)
    judged(await api.ask("getFile", file_id=file_id), telegram.File, aiogram.types.File)
    judged(await api.ask("getWebhookInfo"), telegram.WebhookInfo, aiogram.types.WebhookInfo)
    judged(await api.ask("getStarTransactions"), telegram.StarTransactions, aiogram.types.StarTransactions)
    judged(await api.ask("getMyStarBalance"), telegram.StarAmount, aiogram.types.StarAmount)
    judged(await api.ask("getMyName"), telegram.BotName, aiogram.types.BotName)
    judged(await api.ask("getMyDescription"), telegram.BotDescription, aiogram.types.BotDescription)
    assert await api.ask("getMyCommands") == [command]


async def test_every_kind_of_update_reads_well_in_both_libraries(simulator: Simulator, api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="Tap", reply_markup=KEYBOARD)
    simulator.tap(ANN, "Yes")
    simulator.tap_data(ANN, "forged", message_id=999)
    simulator.send_photo(ANN, png(), "My tea")
    simulator.send_document(ANN, b"bytes", "notes.txt")
    simulator.send(ANN, "a reply", reply_to=1)
    simulator.block(ANN)
    simulator.block(ANN, blocked=False)
    updates = await api.updates()

    assert len(updates) == 7
    for update in updates:
        judged(update, telegram.Update, aiogram.types.Update)


ANSWERS = {
    "answerInlineQuery",
    "answerCallbackQuery",
    "answerShippingQuery",
    "answerPreCheckoutQuery",
    "refundStarPayment",
    "editUserStarSubscription",
}
TRUE = sorted(
    method.name
    for method in METHODS.values()
    if aiogram.methods.__dict__[method.name[0].upper() + method.name[1:]].__returning__ is bool
)


@pytest.mark.parametrize("name", sorted(set(TRUE) - ANSWERS))
async def test_a_method_that_returns_true_returns_true(name: str, api: Api) -> None:
    message = await api.make("sendMessage", chat_id=ANN, text="one")
    parameters: dict[str, Json] = {
        "chat_id": ANN,
        "message_id": message["message_id"],
        "message_ids": [message["message_id"]],
        "action": "typing",
        "commands": [{"command": "start", "description": "Begin"}],
    }

    assert await api.ask(name, **parameters) is True

"""Editing and deleting: what changes in place, what Telegram refuses."""

from simulator.clock import ManualClock
from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, TOKEN, Api, invoice, png

ONE: Json = {"inline_keyboard": [[{"text": "One", "callback_data": "1"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def sent(api: Api) -> JsonObject:
    message = await api.make("sendMessage", chat_id=ANN, text="one", reply_markup=ONE)
    return {"chat_id": ANN, "message_id": message["message_id"]}


async def photo(api: Api) -> JsonObject:
    message = await api.upload("sendPhoto", png(), chat_id=ANN, caption="one")
    assert isinstance(message, dict)
    return {"chat_id": ANN, "message_id": message["message_id"]}


async def test_an_edit_that_changes_nothing_is_refused(api: Api) -> None:
    text, picture = await sent(api), await photo(api)

    assert await api.refused("editMessageText", **text, text="one ", reply_markup=ONE) == (400, NOT_MODIFIED)
    assert await api.refused("editMessageReplyMarkup", **text, reply_markup=ONE) == (400, NOT_MODIFIED)
    assert await api.refused("editMessageCaption", **picture, caption="one") == (400, NOT_MODIFIED)


async def test_the_same_text_in_bold_is_a_change(api: Api) -> None:
    edited = await api.make("editMessageText", **await sent(api), text="<b>one</b>", parse_mode="HTML")

    assert edited["entities"] == [{"type": "bold", "offset": 0, "length": 3}]


async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(api: Api) -> None:
    edited = await api.make("editMessageText", **await sent(api), text="two")

    assert "reply_markup" not in edited
    assert "edit_date" in edited


async def test_texts_and_captions_are_not_mistaken_for_each_other(api: Api) -> None:
    text, picture = await sent(api), await photo(api)

    assert await api.refused("editMessageCaption", **text, caption="x") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )
    assert await api.refused("editMessageText", **picture, text="x") == (
        400,
        "Bad Request: there is no text in the message to edit",
    )


async def test_a_text_message_can_be_given_a_photo(api: Api) -> None:
    target = await sent(api)
    media: Json = {"type": "photo", "media": "attach://tea", "caption": "<b>Tea</b>", "parse_mode": "HTML"}
    edited = await api.upload("editMessageMedia", png(), "tea", **target, media=media)

    assert isinstance(edited, dict)
    assert (edited["caption"], "text" in edited) == ("Tea", False)
    assert await api.refused("editMessageText", **target, text="x") == (
        400,
        "Bad Request: there is no text in the message to edit",
    )


async def test_only_what_is_there_and_the_bots_own_can_be_edited(simulator: Simulator, api: Api) -> None:
    mine = simulator.send(ANN, "mine").message_id

    assert await api.refused("editMessageText", chat_id=ANN, message_id=99, text="x") == (
        400,
        "Bad Request: message to edit not found",
    )
    assert await api.refused("editMessageText", chat_id=ANN, message_id=mine, text="x") == (
        400,
        "Bad Request: message can't be edited",
    )
    assert await api.refused("editMessageText", chat_id=ANN, text="x") == (
        400,
        "Bad Request: message identifier is not specified",
    )


async def test_an_invoice_keeps_its_words_but_not_its_keyboard(api: Api) -> None:
    message = await api.make("sendInvoice", **invoice())
    target: JsonObject = {"chat_id": ANN, "message_id": message["message_id"]}

    assert (await api.refused("editMessageText", **target, text="x"))[0] == 400
    await api.ask("editMessageReplyMarkup", **target, reply_markup=ONE)


async def test_a_deleted_message_is_gone_for_good(api: Api) -> None:
    target = await sent(api)
    await api.ask("deleteMessage", **target)

    assert await api.refused("deleteMessage", **target) == (400, "Bad Request: message to delete not found")
    assert await api.refused("editMessageText", **target, text="x") == (400, "Bad Request: message to edit not found")
    ids = [target["message_id"], (await sent(api))["message_id"]]
    assert await api.ask("deleteMessages", chat_id=ANN, message_ids=ids) is True
    assert len(api.simulator.chat(ANN).messages) == 1


async def test_a_message_older_than_two_days_stays(api: Api) -> None:
    clock = ManualClock()
    async with Simulator(clock=clock) as old:
        caller = Api(api.session, old, TOKEN)
        await caller.ask("getMe")
        old.send(ANN, "/start")
        target = await sent(caller)
        old.advance(48 * 3600 + 1)

        assert await caller.refused("deleteMessage", **target) == (
            400,
            "Bad Request: message can't be deleted for everyone",
        )

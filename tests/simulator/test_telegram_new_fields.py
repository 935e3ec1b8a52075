"""Fields since Bot API 9.4: styles, keys that copy or do nothing, moments in the reader's zone; and real limits."""

import pytest

from simulator.server import Simulator
from simulator.telegram.html import parse
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, Api, invoice

UNEDITABLE = (400, "Bad Request: message can't be edited")
NEW: list[list[JsonObject]] = [
    [
        {"text": "Pay", "callback_data": "1", "style": "success"},
        {"text": "No", "callback_data": "2", "style": "danger"},
    ],
    [{"text": "Number", "copy_text": {"text": "RR 123 DE"}, "icon_custom_emoji_id": "5368324170671202286"}],
    [{"text": "Sold out", "disabled": {}}],
]


async def test_keys_keep_their_style_what_they_copy_and_that_they_do_nothing(api: Api, simulator: Simulator) -> None:
    keyboard: Json = {"inline_keyboard": NEW}
    sent = await api.make("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard)

    assert sent["reply_markup"] == keyboard
    simulator.tap(ANN, "Sold out")
    assert await api.updates(offset=api.simulator.world.bot(api.token).updates.next_id) == []


async def test_of_two_actions_the_first_that_telegram_looks_for_counts(api: Api) -> None:
    key: Json = {"text": "a", "callback_data": "b", "url": "https://a.de"}
    sent = await api.make("sendMessage", chat_id=ANN, text="x", reply_markup={"inline_keyboard": [[key]]})

    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "a", "url": "https://a.de"}]]}


async def test_a_moment_is_marked_by_html_and_by_entities(api: Api) -> None:
    html = 'Until <tg-time unix="1800000000" format="wDt">Friday 18:40</tg-time>.'
    entity: Json = {"type": "date_time", "offset": 0, "length": 1, "unix_time": 1_800_000_000, "date_time_format": "r"}
    marked = await api.make("sendMessage", chat_id=ANN, text=html, parse_mode="HTML")
    given = await api.make("sendMessage", chat_id=ANN, text="x", entities=[entity])

    date: JsonObject = {"type": "date_time", "unix_time": 1_800_000_000, "date_time_format": "wDt"}
    assert (marked["text"], marked["entities"]) == ("Until Friday 18:40.", [{**date, "offset": 6, "length": 12}])
    assert given["entities"] == [entity]


@pytest.mark.parametrize("tag", ['unix="soon"', 'unix="0"', 'unix="1800000000" format="x"', 'format="r"'])
def test_what_is_no_moment_is_refused(tag: str) -> None:
    with pytest.raises(Exception, match="Date or its format is invalid"):
        parse(f"<tg-time {tag}>x</tg-time>")


@pytest.mark.parametrize("markup", [{"force_reply": True}, {"keyboard": [[{"text": "a"}]]}])
async def test_what_was_sent_with_a_reply_keyboard_is_never_edited(api: Api, markup: Json) -> None:
    sent = await api.make("sendMessage", chat_id=ANN, text="x", reply_markup=markup)

    refused = await api.refused("editMessageText", chat_id=ANN, message_id=sent["message_id"], text="y")
    assert refused == UNEDITABLE


async def test_what_was_forwarded_is_never_edited(api: Api) -> None:
    sent = await api.make("sendMessage", chat_id=ANN, text="x")
    copy = await api.make("forwardMessage", chat_id=ANN, from_chat_id=ANN, message_id=sent["message_id"])

    assert await api.refused("editMessageText", chat_id=ANN, message_id=copy["message_id"], text="y") == UNEDITABLE


@pytest.mark.parametrize(("method", "field"), [("editMessageText", "text"), ("editMessageCaption", "caption")])
async def test_an_invoice_says_what_it_said(api: Api, method: str, field: str) -> None:
    sent = await api.make("sendInvoice", **invoice())

    assert await api.refused(method, chat_id=ANN, message_id=sent["message_id"], **{field: "y"}) == UNEDITABLE


async def test_files_by_address_are_of_three_kinds(api: Api) -> None:
    fine = await api.make("sendDocument", chat_id=ANN, document="https://files.shop.de/guide.PDF?x=1")

    assert "document" in fine
    assert await api.refused("sendDocument", chat_id=ANN, document="https://files.shop.de/guide.epub") == (
        400,
        "Bad Request: wrong type of the web page content",
    )


async def test_in_stars_a_form_is_ignored_and_kuna_are_taken(api: Api) -> None:
    prices: Json = [{"label": "Book", "amount": 5}]
    stars = invoice(currency="XTR", provider_token="", prices=prices, need_name=True, is_flexible=True)
    await api.ask("sendInvoice", **stars)
    await api.ask("sendInvoice", **invoice(currency="HRK", prices=[{"label": "Tea", "amount": 4500}]))

    message = api.simulator.chat(ANN).newest
    assert message is not None
    assert [one.invoice.need_name for one in api.simulator.chat(ANN).said if one.invoice] == [False, False]

"""The four ways a call may bring its parameters, and the smaller methods: copies, forwards, pins, actions."""

import json

import aiohttp
import pytest

from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, BOB, Api, invoice, png

KEYBOARD: Json = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
FLAT = {"chat_id": str(ANN), "text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": json.dumps(KEYBOARD)}


async def body_of(response: aiohttp.ClientResponse) -> JsonObject:
    """The result, without what differs from message to message."""
    answer = await response.json()
    assert answer["ok"], answer
    result: JsonObject = answer["result"]
    return {name: value for name, value in result.items() if name not in {"message_id", "date"}}


async def test_query_form_json_and_multipart_mean_the_same(api: Api) -> None:
    url = f"{api.simulator.bot_api_url}{api.token}/SENDmessage"
    multipart = aiohttp.FormData(FLAT, default_to_multipart=True)
    bodies = []
    async with api.session.get(url, params=FLAT) as response:
        bodies.append(await body_of(response))
    async with api.session.post(url, data=FLAT) as response:
        bodies.append(await body_of(response))
    async with api.session.post(url, json={**FLAT, "chat_id": ANN, "reply_markup": KEYBOARD}) as response:
        bodies.append(await body_of(response))
    async with api.session.post(url, data=multipart) as response:
        bodies.append(await body_of(response))

    assert bodies == [bodies[0]] * 4
    assert bodies[0]["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_a_body_that_is_no_json_is_refused(api: Api) -> None:
    headers = {"content-type": "application/json"}
    async with api.session.post(
        f"{api.simulator.bot_api_url}{api.token}/getMe", data=b"{", headers=headers
    ) as response:
        assert response.status == 400


async def test_a_copy_has_no_origin_and_may_have_another_caption(api: Api) -> None:
    photo = await api.upload("sendPhoto", png(), chat_id=ANN, caption="Tea")
    assert isinstance(photo, dict)
    target: dict[str, Json] = {"chat_id": BOB, "from_chat_id": ANN, "message_id": photo["message_id"]}
    first = await api.make("copyMessage", **target)
    await api.ask("copyMessage", **target, caption="More tea", reply_markup=KEYBOARD)

    assert list(first) == ["message_id"]
    assert [message.words for message in api.simulator.chat(BOB).said] == ["Tea", "More tea"]
    assert await api.refused("copyMessage", **{**target, "message_id": 99}) == (
        400,
        "Bad Request: message to copy not found",
    )


async def test_an_invoice_is_forwarded_but_not_copied(api: Api) -> None:
    message = await api.make("sendInvoice", **invoice())
    target: dict[str, Json] = {"chat_id": BOB, "from_chat_id": ANN, "message_id": message["message_id"]}

    assert (await api.make("forwardMessage", **target))["invoice"] == message["invoice"]
    assert await api.refused("copyMessage", **target) == (400, "Bad Request: message can't be copied")


async def test_protected_content_is_not_forwarded(api: Api) -> None:
    message = await api.make("sendMessage", chat_id=ANN, text="x", protect_content=True)

    assert message["has_protected_content"] is True
    assert (await api.refused("forwardMessage", chat_id=BOB, from_chat_id=ANN, message_id=message["message_id"]))[
        0
    ] == 400


async def test_a_pinned_message_is_part_of_the_chat(api: Api) -> None:
    message = await api.make("sendMessage", chat_id=ANN, text="Order 1042")
    await api.ask("pinChatMessage", chat_id=ANN, message_id=message["message_id"])
    pinned = (await api.make("getChat", chat_id=ANN))["pinned_message"]
    await api.ask("unpinChatMessage", chat_id=ANN)

    assert isinstance(pinned, dict)
    assert pinned["text"] == "Order 1042"
    assert "pinned_message" not in await api.make("getChat", chat_id=ANN)


async def test_an_action_is_seen_and_a_wrong_one_refused(simulator: Simulator, api: Api) -> None:
    await api.ask("sendChatAction", chat_id=ANN, action="typing")

    assert simulator.world.journal.events[-1].kind == "typing"
    assert await api.refused("sendChatAction", chat_id=ANN, action="dancing") == (
        400,
        "Bad Request: wrong parameter action in request",
    )


async def test_a_reply_to_a_message_that_is_gone_can_be_allowed(api: Api) -> None:
    gone: Json = {"message_id": 77, "allow_sending_without_reply": True}

    assert "reply_to_message" not in await api.make("sendMessage", chat_id=ANN, text="x", reply_parameters=gone)


@pytest.mark.parametrize("answer", ["answerShippingQuery", "answerPreCheckoutQuery"])
async def test_a_payment_query_that_never_was_cannot_be_answered(answer: str, api: Api) -> None:
    name = "shipping_query_id" if "Shipping" in answer else "pre_checkout_query_id"

    parameters: dict[str, Json] = {name: "5", "ok": True}

    assert (await api.refused(answer, **parameters))[0] == 400


async def test_people_edit_their_own_words_only(simulator: Simulator, api: Api) -> None:
    mine = simulator.send(ANN, "helo")
    url = f"{simulator.url}/control/edit"
    async with api.session.post(url, json={"person": "Ann", "message_id": mine.message_id, "text": "hello"}) as answer:
        assert answer.status == 200
    updates = await api.updates()

    assert isinstance(updates[-1]["edited_message"], dict)
    assert updates[-1]["edited_message"]["text"] == "hello"

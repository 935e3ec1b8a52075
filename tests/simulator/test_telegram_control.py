"""The control API over HTTP, as a demo or the page uses it."""

import asyncio
import json
from base64 import b64encode

import aiohttp

from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, Api, invoice, png

KEYBOARD: Json = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


async def control(api: Api, verb: str, path: str, /, **body: Json) -> tuple[int, JsonObject]:
    """Status and body of a control request."""
    url = f"{api.simulator.url}/control/{path}"
    async with api.session.request(verb, url, json=body or None) as response:
        answer: JsonObject = await response.json()
        return response.status, answer


async def test_a_chat_is_shown_as_it_stands_now(simulator: Simulator, api: Api) -> None:
    message = await api.make("sendMessage", chat_id=ANN, text="<b>One</b> & two", reply_markup=KEYBOARD)
    await api.ask(
        "editMessageText", chat_id=ANN, message_id=message["message_id"], text="<i>Now</i>", parse_mode="HTML"
    )
    await api.upload("sendPhoto", png(), chat_id=ANN, caption="Tea", reply_markup=KEYBOARD)
    status, chat = await control(api, "GET", "chats/Ann")
    assert isinstance(chat["messages"], list)
    start, text, photo = chat["messages"]

    assert status == 200
    assert (start["text"], start["from_bot"]) == ("/start", False)
    assert (text["text_html"], text["keyboard"], text["edited"] is None) == ("<i>Now</i>", [], False)
    assert photo["keyboard"][0][1] == {"text": "No", "callback_data": "n", "kind": "callback"}
    async with api.session.get(simulator.url + photo["photo"]) as response:
        assert await response.read() == png()


async def test_texts_are_shown_as_safe_html(api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="<script>alert(1)</script>")
    _, chat = await control(api, "GET", "chats/1001")
    assert isinstance(chat["messages"], list)

    assert chat["messages"][-1]["text_html"] == "&lt;script&gt;alert(1)&lt;/script&gt;"


async def test_people_write_tap_and_send_pictures(api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="Sure?", reply_markup=KEYBOARD)
    sent = await control(api, "POST", "send", person="Ann", text="hello")
    photo = await control(api, "POST", "send", person="ann", photo=b64encode(png()).decode(), caption="Mine")
    tapped = await control(api, "POST", "tap", person=ANN, label="Yes")
    placed = await control(api, "POST", "tap", person=ANN, message_id=2, row=0, column=1)
    forged = await control(api, "POST", "tap", person=ANN, data="forged", message_id=2)
    kinds = [next(key for key in update if key != "update_id") for update in await api.updates()]

    assert [answer[0] for answer in (sent, photo, tapped, placed, forged)] == [200] * 5
    assert kinds == ["message", "message", "callback_query", "callback_query", "callback_query"]


async def test_what_a_phone_does_not_offer_is_409_and_says_what_it_offers(api: Api) -> None:
    await api.ask("sendMessage", chat_id=ANN, text="Sure?", reply_markup=KEYBOARD)

    assert await control(api, "POST", "tap", person="Ann", label="Maybe") == (
        409,
        {"error": "Ann sees no button 'Maybe'; on show: 'Yes', 'No'"},
    )
    status, answer = await control(api, "POST", "send", person="Nobody", text="x")
    assert status == 409
    assert "Ann (1001)" in str(answer["error"])
    assert (await control(api, "POST", "faults", kind="earthquake"))[0] == 400
    assert (await control(api, "POST", "clock", seconds=5))[0] == 409


async def test_a_payment_form_is_driven_step_by_step(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice(is_flexible=True))
    option: Json = {"id": "s", "title": "By ship", "prices": [{"label": "Shipping", "amount": 100}]}
    address: Json = {"country_code": "DE", "city": "Berlin", "street_line1": "A 1", "post_code": "10115"}
    _, tapped = await control(api, "POST", "tap", person="Ann", label="Pay")
    assert isinstance(tapped["sheet"], dict)
    sheet = tapped["sheet"]["id"]
    async with asyncio.TaskGroup() as group:
        filling = group.create_task(control(api, "POST", "sheet/address", sheet=sheet, shipping_address=address))
        query = (await api.updates(timeout=5))[-1]["shipping_query"]
        assert isinstance(query, dict)
        await api.ask("answerShippingQuery", shipping_query_id=query["id"], ok=True, shipping_options=[option])
    filled = filling.result()[1]
    async with asyncio.TaskGroup() as group:
        paying = group.create_task(control(api, "POST", "sheet/pay", sheet=sheet, card="pays", shipping_option="s"))
        asked = None
        while asked is None:
            updates = await api.updates(timeout=5)
            asked = next((u["pre_checkout_query"] for u in updates if "pre_checkout_query" in u), None)
            await api.updates(offset=int(str(updates[-1]["update_id"])) + 1)
        assert isinstance(asked, dict)
        await api.ask("answerPreCheckoutQuery", pre_checkout_query_id=asked["id"], ok=True)
    paid = paying.result()[1]

    assert (tapped["sheet"]["needs"], filled["options"]) == (["shipping_address", "shipping_option"], [option])
    assert (paid["state"], paid["total"]) == ("paid", 600)
    assert simulator.chat(ANN).shows("Green tea")


async def test_events_are_listed_and_streamed_in_order(simulator: Simulator, api: Api) -> None:
    start = simulator.world.journal.last
    async with api.session.get(f"{simulator.url}/control/stream?since={start}") as stream:
        assert await stream.content.readline() == b": hello\n"
        message = await api.make("sendMessage", chat_id=ANN, text="x")
        await api.ask("deleteMessage", chat_id=ANN, message_id=message["message_id"])
        lines = [await stream.content.readline() for _ in range(9)]
    streamed = [json.loads(line[6:]) for line in lines if line.startswith(b"data: ")]
    _, listed = await control(api, "GET", f"events?since={start}")

    assert [event["kind"] for event in streamed] == ["message", "delete"]
    assert listed["events"] == streamed


async def test_the_other_switches_work(simulator: Simulator, api: Api) -> None:
    await control(api, "POST", "people", id=2000, first_name="Zoë", language_code="fr", role_hint="customer")
    await control(api, "POST", "language", person="Zoë", language_code="it")
    await control(api, "POST", "block", person="Ann")
    await control(api, "POST", "flood", enabled=True)
    await control(api, "POST", "pictures", reachable=False)
    await control(api, "POST", "faults", method="getMe", kind="500", times=2)
    _, faults = await control(api, "GET", "faults")
    _, bots = await control(api, "GET", "bots")
    _, calls = await control(api, "GET", "calls?method=getMe")
    await control(api, "POST", "bots", token="88:named", username="tea_bot", first_name="Tea")

    assert simulator.person("Zoë").language_code == "it"
    assert simulator.chat(ANN, "4242").blocked
    assert simulator.world.flood.enabled
    assert not simulator.world.remote_pictures
    assert [fault["times"] for fault in faults["faults"]] == [2]  # type: ignore[union-attr, index, call-overload]  # JSON
    assert isinstance(bots["bots"], list)
    assert bots["bots"][0]["username"] == "pretend_4242_bot"
    assert isinstance(calls["calls"], list)
    assert len(calls["calls"]) == 1
    assert simulator.world.bot("88:named").username == "tea_bot"


async def test_waiting_over_http_ends_with_the_text_or_says_what_is_there(api: Api) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(control(api, "POST", "wait", person="Ann", text="Hello"))
        await api.ask("sendMessage", chat_id=ANN, text="Hello Ann")

    assert waiting.result()[0] == 200
    late = await control(api, "POST", "wait", person="Ann", text="Goodbye", timeout=0)
    assert late[0] == 504
    assert "Hello Ann" in str(late[1]["error"])


async def test_a_tap_opens_links_that_stay_in_telegram(api: Api, simulator: Simulator) -> None:
    parameters = {name: value for name, value in invoice().items() if name not in {"chat_id", "start_parameter"}}
    link = str(await api.ask("createInvoiceLink", **parameters))
    sheet = await control(api, "POST", "follow", person="Ann", url=link)
    outside = await control(api, "POST", "follow", person="Ann", url="https://a.de/x")

    assert isinstance(sheet[1]["sheet"], dict)
    assert sheet[1]["sheet"]["total"] == 500
    assert outside[1] == {"url": "https://a.de/x"}


async def test_the_stream_ends_with_the_simulator() -> None:
    async with aiohttp.ClientSession() as session:
        async with Simulator() as simulator:
            stream = await session.get(f"{simulator.url}/control/stream")
            assert await stream.content.readline() == b": hello\n"
        stream.close()

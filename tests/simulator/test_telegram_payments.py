"""From an invoice to `successful_payment`: what the bot is asked, what it may answer, what happens when it does not."""

import asyncio

import pytest

from simulator.acts.refusals import CannotDo
from simulator.acts.sheets import Sheet
from simulator.clock import ManualClock
from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, Api, invoice

SLOW: Json = {"id": "slow", "title": "By ship", "prices": [{"label": "Shipping", "amount": 250}]}
FAST: Json = {"id": "fast", "title": "By plane", "prices": [{"label": "Shipping", "amount": 900}]}


async def asked(api: Api, kind: str) -> JsonObject:
    """The next update of a kind, confirmed."""
    while True:
        for update in await api.updates(timeout=5):
            await api.updates(offset=int(str(update["update_id"])) + 1)
            if kind in update:
                found = update[kind]
                assert isinstance(found, dict)
                return found


async def agree(api: Api, sheet: Sheet, **payment: Json) -> JsonObject:
    """Pay a form whose bot agrees; returns what the bot was asked."""
    async with asyncio.TaskGroup() as group:
        paying = group.create_task(api.simulator.cashier.pay(sheet, str(payment.get("card", "pays"))))
        query = await asked(api, "pre_checkout_query")
        await api.ask("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        await paying
    return query


async def test_a_card_payment_asks_the_bot_and_then_tells_it_once(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice())
    sheet = simulator.open_sheet(ANN)
    query = await agree(api, sheet)
    message = await asked(api, "message")
    payment = message["successful_payment"]

    assert (query["total_amount"], query["currency"], query["invoice_payload"]) == (500, "EUR", "order-1")
    assert isinstance(payment, dict)
    assert (payment["total_amount"], payment["invoice_payload"]) == (500, "order-1")
    assert sheet.state == "paid"
    assert payment["provider_payment_charge_id"] in simulator.stripe.account.charges
    assert await api.updates() == []


async def test_a_flexible_invoice_asks_for_an_address_and_adds_the_chosen_shipping(
    simulator: Simulator, api: Api
) -> None:
    await api.ask("sendInvoice", **invoice(need_shipping_address=True, is_flexible=True, need_name=True))
    async with asyncio.TaskGroup() as group:
        paying = group.create_task(simulator.pay(ANN, option="By plane", details={"name": "Ann A."}))
        shipping = await asked(api, "shipping_query")
        await api.ask("answerShippingQuery", shipping_query_id=shipping["id"], ok=True, shipping_options=[SLOW, FAST])
        query = await asked(api, "pre_checkout_query")
        await api.ask("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        sheet = await paying
    info = query["order_info"]

    assert isinstance(info, dict)
    assert (sheet.state, query["total_amount"], query["shipping_option_id"]) == ("paid", 1400, "fast")
    assert info["name"] == "Ann A."
    assert info["shipping_address"] == shipping["shipping_address"]


async def test_an_address_the_bot_does_not_ship_to_stops_the_payment(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice(is_flexible=True))
    async with asyncio.TaskGroup() as group:
        paying = group.create_task(simulator.pay(ANN))
        shipping = await asked(api, "shipping_query")
        await api.ask("answerShippingQuery", shipping_query_id=shipping["id"], ok=False, error_message="Not there.")

    assert (paying.result().state, paying.result().error) == ("open", "Not there.")
    assert paying.result().needs() == ["shipping_address", "shipping_option"]


async def test_a_refusal_at_pre_checkout_is_shown_and_can_be_tried_again(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice())
    sheet = simulator.open_sheet(ANN)
    async with asyncio.TaskGroup() as group:
        paying = group.create_task(simulator.cashier.pay(sheet))
        query = await asked(api, "pre_checkout_query")
        await api.ask("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=False, error_message="Sold out.")
        await paying
    assert (sheet.state, sheet.error) == ("refused", "Sold out.")
    await agree(api, sheet)

    assert sheet.state == "paid"


async def test_a_silent_bot_loses_the_payment_after_ten_seconds(api: Api) -> None:
    async with Simulator(clock=ManualClock()) as slow:
        caller = Api(api.session, slow)
        await caller.ask("getMe")
        slow.send(ANN, "/start")
        await caller.ask("sendInvoice", **invoice())
        async with asyncio.TaskGroup() as group:
            paying = group.create_task(slow.pay(ANN))
            query = await asked(caller, "pre_checkout_query")
            slow.advance(9)
            await asyncio.sleep(0)
            assert not paying.done()
            slow.advance(1)

        assert paying.result().state == "expired"
        assert await caller.refused("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True) == (
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )
        assert slow.chat(ANN).messages[2].invoice.paid == 0  # type: ignore[union-attr]  # the invoice sent above


async def test_a_declined_card_is_never_charged_and_the_bot_hears_nothing(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice())
    sheet = simulator.open_sheet(ANN)
    await agree(api, sheet, card="declined")

    assert sheet.state == "declined"
    assert await api.updates() == []
    assert simulator.stripe.account.charges == {}


async def test_an_invoice_is_paid_once_but_two_open_forms_can_both_pay(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice())
    first, second = simulator.open_sheet(ANN), simulator.open_sheet(ANN)
    await agree(api, first)
    with pytest.raises(CannotDo, match="paid already"):
        simulator.open_sheet(ANN)
    with pytest.raises(CannotDo, match="sent already"):
        await simulator.cashier.pay(first)
    await agree(api, second)

    assert second.state == "paid"
    assert first.charge_id != second.charge_id


async def test_an_invoice_link_is_paid_any_number_of_times(simulator: Simulator, api: Api) -> None:
    parameters = {name: value for name, value in invoice().items() if name not in {"chat_id", "start_parameter"}}
    link = str(await api.ask("createInvoiceLink", **parameters))
    for who in ("Ann", "Bob", "Bob"):
        await agree(api, simulator.open_sheet(who, link=link))

    assert len(simulator.stripe.account.charges) == 3


async def test_a_tip_is_part_of_the_total(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice(max_tip_amount=300, suggested_tip_amounts=[100, 200]))
    sheet = simulator.open_sheet(ANN)
    with pytest.raises(CannotDo, match="tip is between 0 and 300"):
        await simulator.cashier.pay(sheet, tip=301)
    async with asyncio.TaskGroup() as group:
        group.create_task(simulator.cashier.pay(sheet, tip=200))
        query = await asked(api, "pre_checkout_query")
        await api.ask("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)

    assert query["total_amount"] == 700


async def test_a_form_that_is_not_filled_in_cannot_be_sent(simulator: Simulator, api: Api) -> None:
    await api.ask("sendInvoice", **invoice(need_email=True, need_phone_number=True))

    with pytest.raises(CannotDo, match="still asks for phone_number, email"):
        await simulator.cashier.pay(simulator.open_sheet(ANN))

"""Invoices Telegram would not send, and the words it uses."""

import pytest

from simulator.telegram.wire import Json
from tests.simulator.telegram_world import Api, invoice

STAR: dict[str, Json] = {"currency": "XTR", "provider_token": "", "prices": [{"label": "x", "amount": 10}]}
PAY: Json = {"text": "Pay", "pay": True}
BACK: Json = {"text": "Back", "callback_data": "b"}

REFUSED: list[tuple[dict[str, Json], str]] = [
    ({"title": ""}, 'parameter "title" is required'),
    ({"title": "x" * 33}, "INVOICE_TITLE_INVALID"),
    ({"description": "x" * 256}, "INVOICE_DESCRIPTION_INVALID"),
    ({"payload": "ж" * 65}, "INVOICE_PAYLOAD_INVALID"),
    ({"currency": "ZZZ"}, "CURRENCY_INVALID"),
    ({"currency": "eur"}, "CURRENCY_INVALID"),
    ({"provider_token": ""}, "PAYMENT_PROVIDER_INVALID"),
    ({"prices": []}, "there must be at least one price"),
    ({"prices": "x"}, "can't parse prices JSON object"),
    ({"prices": [{"label": "", "amount": 500}]}, "can't parse labeled price: LabeledPrice label must be non-empty"),
    ({"prices": [{"label": "x", "amount": 5}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ({"prices": [{"label": "x", "amount": 9_999_999}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ({"prices": [{"label": "x", "amount": 500}, {"label": "off", "amount": -500}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ({"suggested_tip_amounts": [100]}, "suggested tip amount can't be bigger than max_tip_amount"),
    ({"max_tip_amount": 500, "suggested_tip_amounts": [200, 100]}, "TIP_AMOUNTS_INVALID"),
    ({"start_parameter": "order 1"}, "START_PARAM_INVALID"),
    ({**STAR, "provider_token": "1:TEST:x"}, "PAYMENT_PROVIDER_INVALID"),
    ({**STAR, "prices": [{"label": "x", "amount": 5}, {"label": "y", "amount": 5}]}, "STARS_INVOICE_INVALID"),
    ({"max_tip_amount": 9, "suggested_tip_amounts": [0, 9]}, "suggested tip amount must be positive"),
    ({"max_tip_amount": 9, "suggested_tip_amounts": [1, 2, 3, 4, 5]}, "there can be at most 4 suggested tip amounts"),
    ({**STAR, "max_tip_amount": 5}, "STARS_INVOICE_INVALID"),
    ({**STAR, "prices": [{"label": "x", "amount": 10_001}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ({"reply_markup": {"inline_keyboard": [[BACK, PAY]]}}, "REPLY_MARKUP_BUY_EMPTY"),
    ({"reply_markup": {"inline_keyboard": [[PAY], [PAY]]}}, "BUTTON_TYPE_INVALID"),
]


@pytest.mark.parametrize(("changes", "words"), REFUSED)
async def test_an_invoice_is_refused_with_telegrams_words(changes: dict[str, Json], words: str, api: Api) -> None:
    assert await api.refused("sendInvoice", **invoice(**changes)) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 32, "description": "x" * 255, "payload": "ж" * 64},
        {"currency": "JPY", "prices": [{"label": "x", "amount": 150}]},
        {"prices": [{"label": "x", "amount": 700}, {"label": "off", "amount": -200}]},
        {"reply_markup": {"inline_keyboard": [[PAY], [BACK]]}},
        STAR,
    ],
)
async def test_an_invoice_at_the_limits_is_sent(changes: dict[str, Json], api: Api) -> None:
    message = await api.make("sendInvoice", **invoice(**changes))

    assert "reply_markup" in message


async def test_shipping_options_are_checked_too(api: Api) -> None:
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"

    assert await api.refused("answerShippingQuery", shipping_query_id="1", ok=True) == (400, words)

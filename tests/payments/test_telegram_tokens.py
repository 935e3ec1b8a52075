"""Several provider tokens: who gets which, when the address is asked for before, and the receipt of the bank."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from payments.telegram import TelegramPayments, Token
from shop.ports import Delivery, InvoiceLine, InvoiceSheet
from tests.payments.contract import EUROS, request_for

KAZAKH = Token("2:LIVE:kz", frozenset({"KZ"}))
TENGE = Token("3:LIVE:tenge", currencies=frozenset({"KZT"}))
HOLD = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("country", "currency", "token"),
    [
        ("KZ", "EUR", "2:LIVE:kz"),
        ("KZ", "KZT", "2:LIVE:kz"),
        ("DE", "KZT", "3:LIVE:tenge"),
        ("DE", "EUR", "1:LIVE:all"),
        ("", "EUR", "1:LIVE:all"),
    ],
)
async def test_the_first_token_that_fits_is_asked(country: str, currency: str, token: str) -> None:
    provider = TelegramPayments("1:LIVE:all", hold=HOLD, others=(KAZAKH, TENGE))
    request = replace(request_for(EUROS), country=country, currency=currency)

    sheet = await provider.open(request)

    assert (sheet.provider_token, sheet.provider_data) == (token, None)
    assert token not in repr((provider, sheet, KAZAKH))


@pytest.mark.parametrize(
    ("provider", "delivery"),
    [
        (TelegramPayments("1:LIVE:all", hold=HOLD), Delivery.BY_ADDRESS),
        (TelegramPayments("1:LIVE:all", hold=HOLD, others=(TENGE,)), Delivery.BY_ADDRESS),
        (TelegramPayments("1:LIVE:all", hold=HOLD, others=(KAZAKH,)), Delivery.NOWHERE),
        (TelegramPayments("1:LIVE:all", hold=HOLD, vat_code=1), Delivery.NOWHERE),
    ],
)
def test_the_chat_asks_where_to_when_the_sheet_must_know_before(provider: TelegramPayments, delivery: Delivery) -> None:
    assert provider.delivery is delivery


@pytest.mark.parametrize(
    ("lines", "receipt"),
    [
        ((InvoiceLine("Tea", 1000), InvoiceLine("Post", 250)), [("Tea", "10.00"), ("Post", "2.50")]),
        ((InvoiceLine("Tea", 1500), InvoiceLine("Discount", -250)), [("Order #1042", "12.50")]),
        ((InvoiceLine("Tea", 1250), InvoiceLine("Post", 0)), [("Tea", "12.50")]),
    ],
)
async def test_the_receipt_adds_up_to_what_is_charged(
    lines: tuple[InvoiceLine, ...], receipt: list[tuple[str, str]]
) -> None:
    sheet: InvoiceSheet = await TelegramPayments("1:LIVE:all", hold=HOLD, vat_code=4).open(
        replace(request_for(EUROS), lines=lines)
    )

    items = json.loads(sheet.provider_data or "")["receipt"]["items"]
    assert [(item["description"], item["amount"]["value"]) for item in items] == receipt
    assert {(item["vat_code"], item["amount"]["currency"]) for item in items} == {(4, "EUR")}

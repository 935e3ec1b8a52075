"""A fiscal receipt for the bank behind Telegram's sheet: what was sold, line by line, with its rate of tax."""

import json

from db.money import exponent
from shop.payments.counting import ten_to
from shop.ports import AttemptRequest

MOST_ITEMS, LABEL = 100, 128  # of a receipt, and characters of a line (yookassa.ru/developers)


def provider_data(request: AttemptRequest, vat_code: int) -> str:
    """`provider_data` of an invoice as YooKassa takes it; its lines add up to what is charged.

    A receipt has no negative lines, so an order with a discount is one line.
    """
    lines = [(line.label, line.amount) for line in request.lines if line.amount]
    if any(amount < 0 for _, amount in lines) or len(lines) > MOST_ITEMS:
        lines = [(request.title, request.total)]
    items = [
        {
            "description": label[:LABEL],
            "quantity": 1,
            "amount": {"value": _written(amount, request.currency), "currency": request.currency},
            "vat_code": vat_code,
            "payment_mode": "full_payment",
            "payment_subject": "commodity",
        }
        for label, amount in lines
    ]
    return json.dumps({"receipt": {"items": items}}, ensure_ascii=False)


def _written(amount: int, currency: str) -> str:
    whole, rest = divmod(amount, ten_to(exponent(currency)))
    return f"{whole}.{rest:0{exponent(currency)}}" if exponent(currency) else str(whole)

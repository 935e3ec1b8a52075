"""What PayPal is asked for: the body of an order, always the same for the same request."""

from typing import Any

from shop.payments.counting import PAYPAL, ten_to
from shop.ports import AttemptRequest, InvoiceLine

MOST_ITEMS = 100  # more lines than that are one
NAME, DESCRIPTION = 127, 127  # characters
LOCALES = {
    "ar": "ar-EG",
    "de": "de-DE",
    "en": "en-US",
    "es": "es-ES",
    "fr": "fr-FR",
    "he": "he-IL",
    "it": "it-IT",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "nl": "nl-NL",
    "pl": "pl-PL",
    "pt": "pt-PT",
    "ru": "ru-RU",
    "tr": "tr-TR",
    "uk": "uk-UA",
    "zh": "zh-CN",
}


def order_body(request: AttemptRequest) -> dict[str, Any]:
    """Body of `POST /v2/checkout/orders`. Raises ValueError for an amount that PayPal cannot say."""
    items = [line for line in request.lines if line.amount >= 0]
    discount = -sum(line.amount for line in request.lines if line.amount < 0)
    if len(items) > MOST_ITEMS:
        items = [InvoiceLine(request.title, sum(line.amount for line in items))]
    breakdown = {"item_total": money(sum(line.amount for line in items), request.currency)}
    if discount:
        breakdown["discount"] = money(discount, request.currency)
    experience = {
        "return_url": request.return_url,
        "cancel_url": request.return_url,
        "shipping_preference": "NO_SHIPPING",  # the chat asked where to
        "user_action": "PAY_NOW",
    }
    if request.language in LOCALES:
        experience["locale"] = LOCALES[request.language]
    unit = {
        "custom_id": request.payload,
        "invoice_id": request.payload,
        "description": f"{request.title}: {request.description}"[:DESCRIPTION],
        "amount": {**money(request.total, request.currency), "breakdown": breakdown},
        "items": [
            {"name": line.label[:NAME] or "–", "quantity": "1", "unit_amount": money(line.amount, request.currency)}
            for line in items
        ],
    }
    source = {"paypal": {"experience_context": experience}}
    return {"intent": "CAPTURE", "purchase_units": [unit], "payment_source": source}


def money(amount: int, currency: str) -> dict[str, str]:
    """Our minor units as PayPal writes them. Raises ValueError when the amount cannot be said exactly."""
    places = PAYPAL.exponent(currency)
    whole, rest = divmod(PAYPAL.write(amount, currency), ten_to(places))
    return {"currency_code": currency, "value": f"{whole}.{rest:0{places}}" if places else str(whole)}

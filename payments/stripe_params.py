"""What Stripe is asked for: the parameters of a Checkout Session, always the same for the same request."""

from functools import lru_cache
from typing import Any

from babel import Locale

from shop.payments.counting import STRIPE, codes
from shop.ports import AttemptRequest

MOST_LINES = 100  # line items of a session
MOST_OPTIONS = 5  # shipping options of a session
NAME = 250  # characters of a product's name
# docs.stripe.com/api/checkout/sessions/create, `shipping_address_collection`: no country of Stripe's.
NOT_SERVED = codes("AS CX CC CU HM IR KP MH FM NF MP PW SD SY UM VI")
# CLDR regions that are no countries with a postal address.
NO_COUNTRY = codes("CP CQ DG EA EU EZ IC QO UN XA XB ZZ")
LOCALES = codes(
    "bg cs da de el en es et fi fil fr hr hu id it ja ko lt lv ms mt nb nl pl pt ro ru sk sl sv th tr vi zh"
)


def session_params(request: AttemptRequest) -> dict[str, Any]:
    """Parameters of `POST /v1/checkout/sessions`. Raises ValueError for an amount that Stripe cannot say."""
    ours = {"payload": request.payload, "order": str(request.order_id)}
    params: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": request.payload,
        "line_items": _lines(request),
        "metadata": ours,
        "payment_intent_data": {"metadata": ours, "description": request.title},
        "expires_at": int(request.expires_at.timestamp()),
        "success_url": request.return_url,
        "cancel_url": request.return_url,
        "locale": request.language if request.language in LOCALES else "auto",
    }
    if request.needs_phone:
        params["phone_number_collection"] = {"enabled": True}
    if request.needs_address:
        params["shipping_address_collection"] = {"allowed_countries": list(request.countries or all_countries())}
        if request.shipping:
            params["shipping_options"] = [_option(request, *option) for option in request.shipping[:MOST_OPTIONS]]
    return params


@lru_cache(maxsize=1)
def all_countries() -> tuple[str, ...]:
    """Every country that Stripe lets a customer choose (ISO 3166 alpha-2)."""
    regions = {str(region) for region in Locale("en").territories}
    countries = {region for region in regions if len(region) == len("DE") and region.isalpha()}
    return tuple(sorted(countries - NOT_SERVED - NO_COUNTRY))


def _lines(request: AttemptRequest) -> list[dict[str, Any]]:
    """A line each; one for everything when there are too many or a discount, which Stripe does not take as a line."""
    amounts = [(line.label, line.amount) for line in request.lines]
    if len(amounts) > MOST_LINES or any(amount < 0 for _, amount in amounts):
        amounts = [(request.title, request.total)]
    return [
        {
            "quantity": 1,
            "price_data": {
                "currency": request.currency.lower(),
                "unit_amount": STRIPE.write(amount, request.currency),
                "product_data": {"name": label[:NAME]},
            },
        }
        for label, amount in amounts
    ]


def _option(request: AttemptRequest, key: str, title: str, price: int) -> dict[str, Any]:
    amount = {"amount": STRIPE.write(price, request.currency), "currency": request.currency.lower()}
    return {
        "shipping_rate_data": {
            "type": "fixed_amount",
            "display_name": title[:100],
            "fixed_amount": amount,
            "metadata": {"option": key},
        }
    }

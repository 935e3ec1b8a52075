"""Open a Checkout Session: read the parameters, refuse what Stripe refuses."""

import re
from urllib.parse import urlsplit

from simulator.stripe.account import Account
from simulator.stripe.errors import invalid, missing, no_such, not_simulated
from simulator.stripe.forms import Params
from simulator.stripe.ids import new_id
from simulator.stripe.money import check_currency, check_shape, check_total
from simulator.stripe.records import Line, Session, ShippingRate

SOONEST_SECONDS = 30 * 60
LATEST_SECONDS = 24 * 3600
_MOST_LINES = 100
_MOST_RATES = 5
_KINDS = ("card", "sepa_debit")
_WOULD_CHANGE_MONEY = (
    "allow_promotion_codes", "automatic_tax", "customer", "customer_account", "discounts", "invoice_creation",
    "managed_payments", "optional_items", "setup_intent_data", "subscription_data", "tax_id_collection",
)  # fmt: skip
_WOULD_CHANGE_CAPTURE = ("application_fee_amount", "on_behalf_of", "transfer_data", "transfer_group")


def create(account: Account, params: Params, page_base: str) -> Session:
    """Open a session whose hosted page lives under `page_base`; raises StripeError as Stripe would."""
    _refuse_unsimulated(params)
    lines = _lines(params)
    currency = lines[0][0]
    if any(other != currency for other, _ in lines):
        raise invalid("All line items must have the same currency.", "line_items")
    now = account.now()
    identifier = new_id("cs_test_a1")
    intent = params.child("payment_intent_data")
    collection = params.child("shipping_address_collection")
    phone = params.child("phone_number_collection")
    session = Session(
        id=identifier,
        created=now,
        expires_at=_expiry(params, now),
        currency=currency,
        lines=[line for _, line in lines],
        success_url=_link(params, "success_url") or _raise_missing("success_url"),
        cancel_url=_link(params, "cancel_url"),
        url=f"{page_base}/pay/{identifier}",
        client_reference_id=_short(params, "client_reference_id", 200),
        customer_email=_email(params),
        locale=params.text("locale"),
        submit_type=params.choice("submit_type", ("auto", "book", "donate", "pay", "subscribe")),
        method_kinds=_kinds(params),
        countries=_countries(collection) if collection else [],
        rates=_rates(params, currency),
        metadata=metadata(params),
        intent_metadata=metadata(intent) if intent else {},
        intent_description=intent.text("description") if intent else None,
        phone=bool(phone and phone.flag("enabled")),
    )
    check_total(session.total, currency)
    account.sessions[session.id] = session
    return session


def metadata(params: Params) -> dict[str, str]:
    """Read metadata within Stripe's limits: 50 keys of 40 characters, values of 500."""
    pairs = params.mapping("metadata")
    if len(pairs) > 50:
        raise invalid("You can specify up to 50 keys in metadata.", params.name("metadata"))
    for key, value in pairs.items():
        if len(key) > 40 or len(value) > 500:
            raise invalid(
                "Metadata keys can have up to 40 characters and values up to 500.", f"{params.name('metadata')}[{key}]"
            )
    return pairs


def _refuse_unsimulated(params: Params) -> None:
    mode = params.choice("mode", ("payment", "setup", "subscription"))
    if mode is None:
        raise missing("mode")
    if mode != "payment" or params.choice("ui_mode", ("hosted_page", "embedded_page", "elements", "form")) not in (
        None,
        "hosted_page",
    ):
        raise not_simulated("mode or ui_mode")
    for name in _WOULD_CHANGE_MONEY:
        value = params.tree.get(name, "")
        if value not in ("", "false", {"enabled": "false"}):
            raise not_simulated(name)
    intent = params.child("payment_intent_data")
    if intent is not None:
        for name in _WOULD_CHANGE_CAPTURE:
            if name in intent:
                raise not_simulated(intent.name(name))
        if intent.choice("capture_method", ("automatic", "automatic_async", "manual")) == "manual":
            raise not_simulated(intent.name("capture_method"))


def _lines(params: Params) -> list[tuple[str, Line]]:
    items = params.children("line_items")
    if not items:
        raise missing("line_items")
    if len(items) > _MOST_LINES:
        raise invalid(f"You can only specify up to {_MOST_LINES} line items.", "line_items")
    return [_line(item) for item in items]


def _line(item: Params) -> tuple[str, Line]:
    price = item.child("price_data")
    if price is None:
        if "price" in item:
            raise no_such("price", item.required("price"), item.name("price"))
        raise missing(item.name("price_data"))
    for name in ("adjustable_quantity", "tax_rates"):
        if name in item:
            raise not_simulated(item.name(name))
    if "recurring" in price or "unit_amount_decimal" in price:
        raise not_simulated(price.name("recurring or unit_amount_decimal"))
    if "product" in price:
        raise no_such("product", price.required("product"), price.name("product"))
    product = price.child("product_data")
    if product is None:
        raise missing(price.name("product_data"))
    currency = check_currency(price.required("currency"), price.name("currency"))
    amount = price.positive("unit_amount", least=0)
    if amount is None:
        raise missing(price.name("unit_amount"))
    quantity = item.positive("quantity")
    if quantity is None:
        raise missing(item.name("quantity"))
    return currency, Line(
        id=new_id("li_1"),
        name=_short(product, "name", 250) or _raise_missing(product.name("name")),
        description=product.text("description"),
        images=product.texts("images"),
        unit_amount=check_shape(amount, currency, price.name("unit_amount")),
        quantity=quantity,
        price=new_id("price_1"),
        product=new_id("prod_"),
        metadata=metadata(item),
    )


def _rates(params: Params, currency: str) -> list[ShippingRate]:
    options = params.children("shipping_options")
    if len(options) > _MOST_RATES:
        raise invalid(f"You can only specify up to {_MOST_RATES} shipping options.", "shipping_options")
    rates = []
    for option in options:
        data = option.child("shipping_rate_data")
        if data is None:
            raise no_such("shipping rate", option.required("shipping_rate"), option.name("shipping_rate"))
        fixed = data.child("fixed_amount")
        if fixed is None:
            raise missing(data.name("fixed_amount"))
        amount = fixed.positive("amount", least=0)
        if amount is None:
            raise missing(fixed.name("amount"))
        if check_currency(fixed.required("currency"), fixed.name("currency")) != currency:
            raise invalid(f"The shipping option must be in {currency}, as the line items.", fixed.name("currency"))
        check_shape(amount, currency, fixed.name("amount"))
        name = _short(data, "display_name", 100) or _raise_missing(data.name("display_name"))
        rates.append(ShippingRate(new_id("shr_1"), name, amount, _estimate(data), metadata(data)))
    return rates


def _estimate(data: Params) -> dict[str, dict[str, int | str]] | None:
    estimate = data.child("delivery_estimate")
    if estimate is None:
        return None
    bounds: dict[str, dict[str, int | str]] = {}
    for end in ("minimum", "maximum"):
        bound = estimate.child(end)
        if bound is not None:
            unit = bound.choice("unit", ("hour", "day", "business_day", "week", "month"))
            bounds[end] = {
                "unit": unit or _raise_missing(bound.name("unit")),
                "value": bound.positive("value") or int(bound.required("value")),
            }
    return bounds


def _expiry(params: Params, now: int) -> int:
    wanted = params.integer("expires_at")
    if wanted is None:
        return now + LATEST_SECONDS
    if wanted < now + SOONEST_SECONDS:
        raise invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", "expires_at"
        )
    if wanted > now + LATEST_SECONDS:
        raise invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", "expires_at"
        )
    return wanted


def _kinds(params: Params) -> tuple[str, ...]:
    wanted = params.texts("allowed_payment_method_types") or list(_KINDS)
    refused = set(params.texts("excluded_payment_method_types"))
    kinds = tuple(kind for kind in wanted if kind in _KINDS and kind not in refused)
    if not kinds:
        raise not_simulated("allowed_payment_method_types")
    return kinds


def _countries(collection: Params) -> list[str]:
    countries = collection.texts("allowed_countries")
    if not countries:
        raise missing(collection.name("allowed_countries"))
    for country in countries:
        if not re.fullmatch(r"[A-Z]{2}", country):
            raise invalid(f"Invalid {collection.name('allowed_countries')}: {country}", collection.path)
    return countries


def _link(params: Params, key: str) -> str | None:
    url = params.text(key)
    if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc):
        raise invalid("Not a valid URL", params.name(key), "url_invalid")
    return url


def _email(params: Params) -> str | None:
    email = params.text("customer_email")
    if email is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise invalid(f"Invalid email address: {email}", "customer_email", "email_invalid")
    return email


def _short(params: Params, key: str, most: int) -> str | None:
    value = params.text(key)
    if value is not None and len(value) > most:
        raise invalid(
            f"Invalid string: must be at most {most} characters", params.name(key), "parameter_invalid_string"
        )
    return value


def _raise_missing(param: str) -> str:
    raise missing(param)

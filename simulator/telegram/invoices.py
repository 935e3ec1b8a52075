"""What a bot asks money for, checked against Telegram's rules when it is made."""

import re
from dataclasses import dataclass, field

from simulator.telegram.currencies import STARS, range_of
from simulator.telegram.errors import bad_request
from simulator.telegram.parameters import Parameters
from simulator.telegram.wire import Json, JsonObject, as_integer, as_list, as_object, as_text

FIELDS = (
    "title description payload provider_token currency prices max_tip_amount suggested_tip_amounts provider_data "
    "photo_url photo_size photo_width photo_height need_name need_phone_number need_email need_shipping_address "
    "send_phone_number_to_provider send_email_to_provider is_flexible"
)
MAX_STARS = 10_000
MAX_TIPS = 4
MAX_PART = 99_999_999_999


@dataclass(slots=True)
class Price:
    """A part of the total, in the smallest units of the currency."""

    label: str
    amount: int


@dataclass(slots=True)
class Invoice:
    """An invoice; `paid` counts how often somebody paid it."""

    title: str
    description: str
    payload: str
    currency: str
    prices: list[Price]
    provider_token: str = ""
    start_parameter: str = ""
    photo_url: str = ""
    max_tip: int = 0
    suggested_tips: list[int] = field(default_factory=list)
    need_name: bool = False
    need_phone: bool = False
    need_email: bool = False
    need_address: bool = False
    is_flexible: bool = False
    paid: int = 0
    period: int = 0  # seconds: it is paid anew after each of them

    @property
    def total(self) -> int:
        """The sum of the prices, before shipping and tip."""
        return sum(price.amount for price in self.prices)

    def to_json(self) -> JsonObject:
        """The Bot API's `Invoice`."""
        return {
            "title": self.title,
            "description": self.description,
            "start_parameter": self.start_parameter,
            "currency": self.currency,
            "total_amount": self.total,
        }


def read_prices(value: Json) -> list[Price]:
    """A list of `LabeledPrice`; raises BotApiError 400 in Telegram's words."""
    rows = as_list(value)
    if rows is None:
        raise bad_request("can't parse prices JSON object: expected an Array of labeled prices")
    prices = []
    for row in rows:
        part = as_object(row)
        if part is None:
            raise bad_request("can't parse labeled price: LabeledPrice must be an Object")
        label, amount = as_text(part.get("label")), as_integer(part.get("amount"))
        if not label:
            raise bad_request("can't parse labeled price: LabeledPrice label must be non-empty")
        if amount is None:
            raise bad_request('can\'t parse labeled price: field "amount" must be of type Number')
        if abs(amount) > MAX_PART:
            raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
        prices.append(Price(label, amount))
    if not prices:
        raise bad_request("there must be at least one price")
    return prices


def read_invoice(parameters: Parameters) -> Invoice:
    """The invoice of sendInvoice or createInvoiceLink; raises BotApiError 400 for everything Telegram refuses."""
    title, description = parameters.required("title").strip(), parameters.required("description").strip()
    if not 1 <= len(title) <= 32:
        raise bad_request("INVOICE_TITLE_INVALID")
    if not 1 <= len(description) <= 255:
        raise bad_request("INVOICE_DESCRIPTION_INVALID")
    payload, currency = parameters.required("payload"), parameters.required("currency")
    if len(payload.encode()) > 128:
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    prices = read_prices(parameters.structure("prices", "can't parse prices JSON object"))
    invoice = Invoice(
        title=title,
        description=description,
        payload=payload,
        currency=currency,
        prices=prices,
        provider_token=parameters.text("provider_token"),
        start_parameter=parameters.text("start_parameter"),
        photo_url=parameters.text("photo_url"),
        max_tip=parameters.integer("max_tip_amount"),
        suggested_tips=_tips(parameters),
        need_name=parameters.flag("need_name"),
        need_phone=parameters.flag("need_phone_number"),
        need_email=parameters.flag("need_email"),
        need_address=parameters.flag("need_shipping_address"),
        is_flexible=parameters.flag("is_flexible"),
    )
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", invoice.start_parameter):
        raise bad_request("START_PARAM_INVALID")
    _check_money(invoice)
    return invoice


def _tips(parameters: Parameters) -> list[int]:
    value = parameters.structure("suggested_tip_amounts", "can't parse suggested_tip_amounts JSON object")
    if value is None:
        return []
    amounts = [as_integer(row) for row in as_list(value) or ()]
    if any(amount is None for amount in amounts):
        raise bad_request("suggested tip amount must be of type Number or String")
    return [amount for amount in amounts if amount is not None]


def _check_money(invoice: Invoice) -> None:
    """Currency, provider, total and tips."""
    if invoice.currency == STARS:
        # what asks for an address or a way to ship is documented as ignored
        invoice.need_name = invoice.need_phone = invoice.need_email = False
        invoice.need_address = invoice.is_flexible = False
        if invoice.provider_token:
            raise bad_request("PAYMENT_PROVIDER_INVALID")
        if len(invoice.prices) != 1 or invoice.max_tip or invoice.suggested_tips:
            raise bad_request("STARS_INVOICE_INVALID")
        if not 1 <= invoice.total <= MAX_STARS:
            raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
        return
    limits = range_of(invoice.currency)
    if limits is None:
        raise bad_request("CURRENCY_INVALID")
    if ":" not in invoice.provider_token:
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    if not limits[0] <= invoice.total <= limits[1]:
        raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
    if not 0 <= invoice.max_tip <= limits[1]:
        raise bad_request("MAX_TIP_AMOUNT_INVALID")
    _check_tips(invoice)


def _check_tips(invoice: Invoice) -> None:
    tips = invoice.suggested_tips
    if len(tips) > MAX_TIPS:
        raise bad_request(f"there can be at most {MAX_TIPS} suggested tip amounts")
    if any(tip <= 0 for tip in tips):
        raise bad_request("suggested tip amount must be positive")
    if any(tip > invoice.max_tip for tip in tips):
        raise bad_request("suggested tip amount can't be bigger than max_tip_amount")
    if tips != sorted(set(tips)):
        raise bad_request("TIP_AMOUNTS_INVALID")

"""The settings that can be set in the chat: those of the file that hold no secret and need no restart."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from shop.policy import Ordering


class Form(StrEnum):
    """How a setting is written."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"
    DURATION = "duration"
    CHOICE = "choice"  # one of `choices`
    DAY = "day"
    HOURS = "hours"
    SHIPPING = "shipping"  # ways to ship, each a table
    PICTURE = "picture"
    WAYS = "ways"  # ways to pay that are off
    RATES = "rates"  # of tax, a line each


class Subject(StrEnum):
    """What settings are about: a screen each."""

    SHOP = "shop"
    OPENING = "open"
    SHIPPING = "ship"
    PAYMENT = "pay"
    TAX = "tax"
    STOCK = "stock"
    LIMITS = "limits"


class Known(Struct, frozen=True):
    """A setting: `name` is short, for buttons; `key` as in the file; `most` are letters of a text."""

    name: str
    key: str
    form: Form
    subject: Subject
    most: int = 1000
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()


ALL = (
    Known("name", "shop.name", Form.TEXT, Subject.SHOP, most=64),
    Known("greeting", "shop.greeting", Form.TEXT, Subject.SHOP, most=500, may_be_empty=True),
    Known("cover", "shop.cover", Form.PICTURE, Subject.SHOP, most=500, may_be_empty=True),
    Known("support", "shop.support", Form.TEXT, Subject.SHOP, may_be_empty=True),
    Known("terms", "shop.terms", Form.TEXT, Subject.SHOP, most=4096, may_be_empty=True),
    Known("phone", "shop.ask_phone", Form.SWITCH, Subject.SHOP),
    Known("review", "schedule.review_after", Form.DURATION, Subject.SHOP),
    Known("reminder", "shop.cart_reminder", Form.NUMBER, Subject.SHOP),
    Known("ordering", "shop.ordering", Form.CHOICE, Subject.OPENING, choices=tuple(Ordering)),
    Known("notice", "shop.notice", Form.TEXT, Subject.OPENING, most=500, may_be_empty=True),
    Known("back", "shop.back_on", Form.DAY, Subject.OPENING, may_be_empty=True),
    Known("hours", "shop.hours", Form.HOURS, Subject.OPENING, may_be_empty=True),
    Known("shipping", "shop.shipping", Form.SHIPPING, Subject.SHIPPING),
    Known("returns", "shop.return_days", Form.NUMBER, Subject.SHIPPING),
    Known("sent_to", "shop.return_to", Form.TEXT, Subject.SHIPPING, most=500, may_be_empty=True),
    Known("answered", "shop.return_reminder", Form.NUMBER, Subject.SHIPPING),
    Known("ways", "payments.off", Form.WAYS, Subject.PAYMENT),
    Known("cash", "payments.cash.instructions", Form.TEXT, Subject.PAYMENT, may_be_empty=True),
    Known("transfer", "payments.transfer.instructions", Form.TEXT, Subject.PAYMENT),
    Known("rates", "shop.tax.rates", Form.RATES, Subject.TAX, may_be_empty=True),
    Known("included", "shop.tax.included", Form.SWITCH, Subject.TAX),
    Known("country", "shop.tax.country", Form.TEXT, Subject.TAX, most=2, may_be_empty=True),
    Known("taxship", "shop.tax.shipping", Form.TEXT, Subject.TAX, most=16),
    Known("papers", "shop.tax.seller", Form.TEXT, Subject.TAX, most=500, may_be_empty=True),
    Known("vat", "shop.tax.vat_id", Form.TEXT, Subject.TAX, most=32, may_be_empty=True),
    Known("low", "shop.low_stock_at", Form.NUMBER, Subject.STOCK),
    Known("left", "shop.show_stock_below", Form.NUMBER, Subject.STOCK),
    Known("page", "shop.page_size", Form.NUMBER, Subject.LIMITS),
    Known("pieces", "shop.max_quantity", Form.NUMBER, Subject.LIMITS),
    Known("unpaid", "shop.max_unpaid_orders", Form.NUMBER, Subject.LIMITS),
    Known("held", "shop.max_held_units", Form.NUMBER, Subject.LIMITS),
    Known("lines", "shop.max_held_lines", Form.NUMBER, Subject.LIMITS),
)
BY_NAME: Mapping[str, Known] = {one.name: one for one in ALL}
BY_KEY: Mapping[str, Known] = {one.key: one for one in ALL}


def called(name: str) -> Known | None:
    """The setting of this short name."""
    return BY_NAME.get(name)


def of(subject: Subject) -> tuple[Known, ...]:
    """The settings of a subject, in the order in which they are shown."""
    return tuple(one for one in ALL if one.subject is subject)

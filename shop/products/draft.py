"""What a seller says about a product, checked: pure rules, no database."""

import re
import unicodedata

from msgspec import Struct

from db.amounts import AmbiguousAmount, parse_amount
from db.models import ProductKind
from db.money import STARS, exponent
from db.numbers import in_ascii
from shop.forms.writing import clean, one_line
from shop.refusals import CannotRead

NAME_LIMIT = 200  # characters, as the column
DESCRIPTION_LIMIT = 4000
CONTENT_LIMIT = 4000
LABEL_LIMIT = 128
LEVELS = 4  # of categories; deeper trees lose people
SKU_LIMIT = 64
QUANTITY_LIMIT = 1_000_000
MOST_PHOTOS = 10  # of a product: as many as an album has
PRICE_LIMIT = 10**12  # minor units
_QUANTITY = re.compile(r"([0-9]{1,9})\s*(?:(?:pcs?|pieces?|stück|stk|шт|штук[аи]?)\.?)?")


class ProductDraft(Struct, frozen=True):
    """A product to be; `price` in minor units of `currency`, `category` a path such as "Tea / Green" or empty."""

    name: str
    price: int
    currency: str
    quantity: int = 0
    category: str = ""
    description: str = ""
    kind: ProductKind = ProductKind.PHYSICAL
    sku: str | None = None  # made from the name when missing
    digital_content: str | None = None
    weight: int | None = None  # grams of one, packed
    image_url: str | None = None
    photo_file_id: str | None = None
    photo_bot_id: int | None = None
    more_photos: tuple[str, ...] = ()  # file_ids of those beside the first, good for the same bot


def parse_caption(caption: str, currency: str) -> ProductDraft:
    """The product in a one-message caption: "Name; price; quantity; category", the category optional.

    Raises CannotRead with the field that is missing or wrong.
    """
    parts = [part.strip() for part in caption.split(";", 3)]
    if len(parts) < 3:  # noqa: PLR2004  name, price and quantity
        raise CannotRead(field="caption", given=caption[:NAME_LIMIT], hint="caption_form")
    return ProductDraft(
        name=read_name(parts[0]),
        price=read_price(parts[1], currency),
        currency=currency,
        quantity=read_quantity(parts[2]),
        category=read_category(parts[3]) if len(parts) > 3 else "",  # noqa: PLR2004  the fourth part
    )


def read_name(text: str) -> str:
    """A name on one line. Raises CannotRead when it is empty or longer than 200 characters."""
    return _short(text, "name", NAME_LIMIT)


def read_label(text: str) -> str:
    """A variant's label: "Blue / Large". Raises CannotRead when it is empty or too long."""
    label = " / ".join(part for part in (" ".join(part.split()) for part in text.split("/")) if part)
    return _short(label, "label", LABEL_LIMIT)


def read_description(text: str) -> str:
    """A description. Raises CannotRead when it is longer than 4,000 characters."""
    return clean(_long(text, "description", DESCRIPTION_LIMIT))


def read_content(text: str) -> str:
    """What a buyer of digital goods receives. Raises CannotRead when it is empty or longer than 4,000 characters."""
    content = _long(text, "content", CONTENT_LIMIT)
    if not content:
        raise CannotRead(field="content", given="", hint="empty")
    return content


def read_price(text: str, currency: str) -> int:
    """A price above zero in minor units. Raises CannotRead."""
    try:
        price = parse_amount(text, currency)
    except AmbiguousAmount as error:
        more, less = error.readings
        raise CannotRead(field="price", given=text[:40], hint="price_either", more=more, less=less) from error
    except ValueError as error:
        hint = "whole_stars" if currency == STARS else "price_form" if exponent(currency) else "price_whole"
        raise CannotRead(field="price", given=text[:40], hint=hint) from error
    if not 0 < price <= PRICE_LIMIT:
        raise CannotRead(field="price", given=text[:40], hint="price_zero" if price == 0 else "too_large")
    return price


def read_quantity(text: str) -> int:
    """A number of units, zero or more: "10", "10 pcs", "10 Stück", "10 шт.". Raises CannotRead."""
    cleaned = unicodedata.normalize("NFC", in_ascii(text.strip()[:40])).casefold()
    found = _QUANTITY.fullmatch(cleaned)
    if len(text) > 80 or found is None:  # noqa: PLR2004  a number, its unit and blanks
        raise CannotRead(field="quantity", given=text[:40], hint="quantity_form")
    quantity = int(found[1])
    if quantity > QUANTITY_LIMIT:
        raise CannotRead(field="quantity", given=text[:40], hint="too_large")
    return quantity


def read_category(text: str) -> str:
    """A category path of at most four levels: "Tea / Green". Raises CannotRead; empty stays empty."""
    parts = split_category(text)
    if len(parts) > LEVELS or any(len(part) > LABEL_LIMIT for part in parts):
        raise CannotRead(field="category", given=text[:80], hint="category_form")
    return _printable(" / ".join(parts), "category")


def split_category(path: str) -> tuple[str, ...]:
    """The names in a path, from the top: "/" and ">" both separate."""
    return tuple(name for part in re.split(r"[/>]", path) if (name := one_line(part)))


class StockChange(Struct, frozen=True):
    """A wish about the stock: so many more, or exactly so many."""

    amount: int
    exact: bool


def read_change(text: str) -> StockChange:
    """What was wished: "+10" is ten more, "=25" is exactly twenty-five. Raises CannotRead."""
    cleaned = "".join(text[:40].split())
    sign, number = cleaned[:1], cleaned[1:]
    if sign not in {"+", "="}:
        raise CannotRead(field="change", given=text[:40], hint="change_form")
    if not number[:1].isdigit():
        raise CannotRead(field="change", given=text[:40], hint="change_form")
    amount = read_quantity(number)
    if sign == "+" and amount == 0:
        raise CannotRead(field="change", given=text[:40], hint="change_form")
    return StockChange(amount, exact=sign == "=")


def _short(text: str, field: str, limit: int) -> str:
    cleaned = one_line(_printable(text[: limit * 4], field))
    if not cleaned or len(cleaned) > limit or len(text) > limit * 4:
        raise CannotRead(field=field, given=cleaned[:40], hint="too_long" if cleaned else "empty", limit=limit)
    return cleaned


def _long(text: str, field: str, limit: int) -> str:
    cleaned = _printable(text.strip(), field)
    if len(cleaned) > limit:
        raise CannotRead(field=field, given=cleaned[:40], hint="too_long", limit=limit)
    return cleaned


def _printable(text: str, field: str) -> str:
    # PostgreSQL refuses NUL in text, and a lone surrogate cannot be encoded at all.
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise CannotRead(field=field, given="", hint="odd_characters")
    return text

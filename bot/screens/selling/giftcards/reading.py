"""What a seller types about credit: "25", "25 x 100", "10 the parcel was late"."""

import re

from db.amounts import parse_amount
from db.numbers import in_ascii, read_id
from shop.products.draft import read_price
from shop.refusals import CannotRead

LONGEST = 64
_MANY = re.compile(r"(?P<value>.+?)\s*[x×*х]\s*(?P<count>\d{1,6})", re.IGNORECASE)  # the last is Cyrillic


def read_cards(text: str, currency: str) -> tuple[int, int]:
    """What one card is worth in minor units, and how many there shall be. Raises CannotRead."""
    typed = in_ascii(text[:LONGEST]).strip()
    many = _MANY.fullmatch(typed)
    if many is None:
        return read_price(typed, currency), 1
    return read_price(many["value"], currency), read_id(many["count"]) or 0


def read_credit(text: str, currency: str) -> tuple[int, str]:
    """An amount in minor units, and the reason behind it. Raises CannotRead."""
    first, _, rest = text.strip().partition(" ")
    following, _, beyond = rest.strip().partition(" ")
    for amount, reason in ((f"{first} {following}", beyond), (first, rest)):  # "10 € late" and "10 late"
        try:
            return parse_amount(amount, currency), reason.strip()
        except ValueError:
            continue
    raise CannotRead(field="credit", given=text[:40], hint="credit_form")

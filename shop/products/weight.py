"""What a unit of a product weighs, as people and files write it: whole grams."""

import re
from decimal import Decimal

from db.numbers import in_ascii
from shop.refusals import CannotRead

HEAVIEST = 10_000_000  # grams of one unit: ten tonnes
POUND = Decimal("453.59237")
GRAMS = {
    **dict.fromkeys(("g", "gr", "gram", "grams", "gramm", "г", "гр"), Decimal(1)),
    **dict.fromkeys(("kg", "kilo", "кг"), Decimal(1000)),
    **dict.fromkeys(("lb", "lbs"), POUND),
    **dict.fromkeys(("oz", "ounce"), POUND / 16),
}
_WEIGHT = re.compile(r"(\d{1,9}(?:[.,]\d{1,6})?)\s*([^\W\d_]{0,6})\.?")


def read_weight(text: str, unit: str = "g") -> int:
    """Grams: "350", "350 g", "1.2 kg", "1,2 кг", "8 oz"; a number alone is in `unit`, and 0 says nothing.

    What is more than nothing is at least a gram. Raises CannotRead.
    """
    found = _WEIGHT.fullmatch(in_ascii(text.strip()[:40]).casefold())
    factor = GRAMS.get(found[2] or unit) if found is not None else None
    if found is None or factor is None:
        raise CannotRead(field="weight", given=text[:40], hint="weight_form")
    exact = Decimal(found[1].replace(",", ".")) * factor
    if exact > HEAVIEST:
        raise CannotRead(field="weight", given=text[:40], hint="too_large")
    return max(round(exact), 1) if exact else 0

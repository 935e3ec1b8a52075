"""Phone numbers as they are looked for: the last digits, which every way to write a number has in common.

"+49 (0)30 123 456", "0049 30 123456" and "030/123456" end alike. They are kept backwards, so that any ending that
somebody remembers is the beginning of what an index knows.
"""

import re
from collections.abc import Mapping
from typing import Any

from db.numbers import in_ascii

LENGTH = 8  # digits that are kept: of two customers of one seller hardly ever the same
FEWEST = 5  # digits that are worth looking for
_WRITTEN = re.compile(r"[\d\s+()./‐‑–-]+")


def phone_end(text: str) -> str | None:
    """The last digits of a number, the last one first; None where there are too few."""
    digits = re.sub(r"\D", "", in_ascii(text).replace("(0)", "")).lstrip("0")
    return digits[::-1][:LENGTH] if len(digits) >= FEWEST else None


def phone_of(address: Mapping[str, Any] | None) -> str | None:
    """The same of the number in an address: `Order.phone_end`, which who writes an address without the ORM writes."""
    if not isinstance(address, Mapping):  # none, or SQL's own NULL
        return None
    return phone_end(str(address.get("phone_number") or ""))


def is_phone(text: str) -> bool:
    """Whether a text may be a phone number, or the end of one, and nothing else."""
    return _WRITTEN.fullmatch(in_ascii(text)) is not None and phone_end(text) is not None

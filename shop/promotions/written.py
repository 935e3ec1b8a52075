"""What a seller writes about a promotion, checked: pure rules, the same in the chat and at the desk."""

import re

from db.numbers import in_ascii, read_id
from shop.promotions.keeping import MOST_PERCENT
from shop.refusals import CannotRead

MOST_TIMES = 1_000_000
LONGEST_NAME = 64
_PERCENT = re.compile(r"[-−–]?\s*(\d{1,3})\s*%?")


def read_percent(text: str) -> int:
    """How many percent less: 20, "20 %", "-20%". Raises CannotRead."""
    found = _PERCENT.fullmatch(in_ascii(text[:LONGEST_NAME]).strip())
    if found is None or not 1 <= int(found[1]) <= MOST_PERCENT:
        raise unread(text, "promo_percent")
    return int(found[1])


def read_times(text: str) -> int:
    """A count from 1 on. Raises CannotRead."""
    times = read_id(in_ascii(text[:LONGEST_NAME]).strip())
    if times is None or not 0 < times <= MOST_TIMES:
        raise unread(text, "promo_times")
    return times


def read_title(text: str) -> str:
    """What customers see it called. Raises CannotRead."""
    name = " ".join(text.split())[:LONGEST_NAME]
    if not name:
        raise unread("", "empty")
    return name


def unread(given: str, hint: str) -> CannotRead:
    """That this says nothing about a promotion, and what to write instead."""
    return CannotRead(field="promotion", given=given[:40], hint=hint)

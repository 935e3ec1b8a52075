"""A sale as sellers write it: "9.90 until 24.12.", "-20% from 1.12. until 24.12."; a day is one of the shop's zone."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from db.numbers import in_ascii
from shop.products.draft import read_price
from shop.products.sales import MOST_PERCENT, SaleDraft
from shop.refusals import CannotRead

LONGEST = 80  # characters of such a line
FURTHEST = 5 * 366  # days ahead
_PERCENT = re.compile(r"[-−–]?\s*(\d{1,3})\s*%")
_DAY_FIRST = re.compile(r"(\d{1,2})[.](\d{1,2})(?:[.](\d{4}|\d{2})?)?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WHEN = re.compile(r"\s+(from|ab|von|с|desde|until|till|to|bis|до|hasta)\s+", re.IGNORECASE)
_BEGINS = frozenset({"from", "ab", "von", "с", "desde"})


class SaleWish(Struct, frozen=True):
    """What was wished: minor units, or so many percent less as a number below zero; its first and its last day."""

    amount: int
    first: date | None = None
    last: date | None = None


def as_draft(wish: SaleWish, zone: tzinfo) -> SaleDraft:
    """The sale from the beginning of its first day to the end of its last one, where the shop is."""
    return SaleDraft(
        price=wish.amount if wish.amount > 0 else None,
        percent=-wish.amount if wish.amount < 0 else None,
        starts=None if wish.first is None else first_moment(wish.first, zone),
        ends=None if wish.last is None else last_moment(wish.last, zone),
    )


def first_moment(day: date, zone: tzinfo) -> datetime:
    """When this day begins, where the shop is."""
    return _midnight(day, zone)


def last_moment(day: date, zone: tzinfo) -> datetime:
    """When this day is over, where the shop is."""
    return _midnight(day + timedelta(days=1), zone)


def today(now: datetime, zone: tzinfo) -> date:
    """The day that it is where the shop is."""
    return now.astimezone(zone).date()


def read_wish(text: str, currency: str, on: date) -> SaleWish:
    """The sale in one line; `on` is today. Raises CannotRead for what is no price, no percentage and no day."""
    parts = _WHEN.split(" " + " ".join(in_ascii(text[:LONGEST]).split()))
    days = {word.casefold() in _BEGINS: read_day(day, on) for word, day in zip(parts[1::2], parts[2::2], strict=True)}
    return SaleWish(read_amount(parts[0].strip(), currency), days.get(True), days.get(False))


def read_amount(text: str, currency: str) -> int:
    """A price in minor units, or so many percent less as a number below zero. Raises CannotRead."""
    percent = _PERCENT.fullmatch(text)
    if percent is None:
        return read_price(text, currency)
    if not 0 < int(percent[1]) <= MOST_PERCENT:
        raise CannotRead(field="sale", given=text, hint="sale_percent")
    return -int(percent[1])


def read_day(text: str, on: date) -> date:
    """A day: "24.12." (the next one), "24.12.2026", "24.12.26" or "2026-12-24". Raises CannotRead."""
    cleaned = in_ascii(text[:LONGEST]).strip()
    written = _YEAR_FIRST.fullmatch(cleaned)
    try:
        day = date(*map(int, written.groups())) if written is not None else _next_such(cleaned, on)
    except ValueError as error:
        raise CannotRead(field="day", given=text[:40], hint="day_form") from error
    if not on <= day <= on + timedelta(days=FURTHEST):
        raise CannotRead(field="day", given=text[:40], hint="day_past" if day < on else "day_far")
    return day


def _next_such(text: str, on: date) -> date:
    written = _DAY_FIRST.fullmatch(text)
    if written is None:
        raise ValueError(text)
    day, month, year = int(written[1]), int(written[2]), written[3]
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004  of a century
    for candidate in range(on.year, on.year + 9):  # the 29th of February comes every fourth year, or eighth
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= on:
            return found
    raise ValueError(text)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)

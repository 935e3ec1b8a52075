"""What a seller types about a promotion, as the value of a field."""

import re
from datetime import date, tzinfo
from typing import Any

from bot.screens.selling.promotions.buttons import Field
from db.models import Promotion, PromotionKind
from db.numbers import in_ascii, read_id
from shop.products.draft import read_price
from shop.products.sale_days import SaleWish, as_draft, read_day
from shop.refusals import CannotRead

MOST_TIMES = 1_000_000
LONGEST_NAME = 64
_PERCENT = re.compile(r"[-−–]?\s*(\d{1,3})\s*%?")
_TWO = re.compile(r"(\d{1,3})\D+(\d{1,3})\D*")
_PERCENTS = range(1, 100)


def read_value(kind: PromotionKind, text: str, currency: str) -> tuple[int, int, int]:
    """How much: percent or minor units, or how many are bought and how many are free. Raises CannotRead."""
    typed = in_ascii(text[:LONGEST_NAME]).strip()
    if kind is PromotionKind.PERCENT:
        found = _PERCENT.fullmatch(typed)
        if found is None or int(found[1]) not in _PERCENTS:
            raise _unread(text, "promo_percent")
        return int(found[1]), 0, 0
    if kind is PromotionKind.FIXED:
        return read_price(typed, currency), 0, 0
    two = _TWO.fullmatch(typed)
    if two is None or not int(two[1]) or not int(two[2]):
        raise _unread(text, "promo_units")
    return 0, int(two[1]), int(two[2])


def read_field(about: Promotion, field: Field, text: str, on: date, zone: tzinfo) -> dict[str, Any]:
    """The fields that an answer sets; `on` is today where the shop is. Raises CannotRead."""
    if field is Field.NAME:
        name = " ".join(text.split())[:LONGEST_NAME]
        if not name:
            raise _unread("", "empty")
        return {"name": name}
    if field is Field.VALUE:
        value, buy, free = read_value(about.kind, text, about.currency)
        return {"buy_units": buy, "free_units": free} if buy else {"value": value}
    if field is Field.MIN_AMOUNT:
        return {field.value: read_price(in_ascii(text[:LONGEST_NAME]).strip(), about.currency)}
    if field in {Field.STARTS, Field.ENDS}:
        return as_field(field, read_day(text, on).toordinal(), zone)
    return {field.value: read_times(text)}


def read_times(text: str) -> int:
    """A count from 1 on. Raises CannotRead."""
    times = read_id(in_ascii(text[:LONGEST_NAME]).strip())
    if times is None or not 0 < times <= MOST_TIMES:
        raise _unread(text, "promo_times")
    return times


def as_field(field: Field, number: int | None, zone: tzinfo) -> dict[str, Any]:
    """The field that a key sets; a day is an ordinal, its end the end of that day where the shop is."""
    if field is Field.FIRST_ORDER:
        return {field.value: bool(number)}
    if field is Field.MIN_AMOUNT:
        return {field.value: number or 0}
    if field in {Field.STARTS, Field.ENDS} and number is not None:
        if not date.min.toordinal() < number < date.max.toordinal() - 1:
            raise _unread("", "day_form")
        day = date.fromordinal(number)
        if field is Field.STARTS:
            return {field.value: as_draft(SaleWish(-1, first=day), zone).starts}
        return {field.value: as_draft(SaleWish(-1, last=day), zone).ends}
    return {field.value: number}


def _unread(given: str, hint: str) -> CannotRead:
    return CannotRead(field="promotion", given=given[:40], hint=hint)

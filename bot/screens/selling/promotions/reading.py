"""What a seller types about a promotion, as the value of a field."""

import re
from datetime import date, tzinfo
from typing import Any

from bot.screens.selling.promotions.buttons import Field
from db.models import Promotion, PromotionKind
from db.numbers import in_ascii
from shop.products.draft import read_price
from shop.products.sale_days import first_moment, last_moment, read_day
from shop.promotions import (
    LONGEST_NAME,
    read_percent,
    read_times,
    read_title,
    unread,
)

_TWO = re.compile(r"(\d{1,3})\D+(\d{1,3})\D*")


def read_value(kind: PromotionKind, text: str, currency: str) -> tuple[int, int, int]:
    """How much: percent or minor units, or how many are bought and how many are free. Raises CannotRead."""
    typed = in_ascii(text[:LONGEST_NAME]).strip()
    if kind is PromotionKind.PERCENT:
        return read_percent(text), 0, 0
    if kind is PromotionKind.FIXED:
        return read_price(typed, currency), 0, 0
    two = _TWO.fullmatch(typed)
    if two is None or not int(two[1]) or not int(two[2]):
        raise unread(text, "promo_units")
    return 0, int(two[1]), int(two[2])


def read_field(about: Promotion, field: Field, text: str, on: date, zone: tzinfo) -> dict[str, Any]:
    """The fields that an answer sets; `on` is today where the shop is. Raises CannotRead."""
    if field is Field.NAME:
        return {"name": read_title(text)}
    if field is Field.VALUE:
        value, buy, free = read_value(about.kind, text, about.currency)
        return {"buy_units": buy, "free_units": free} if buy else {"value": value}
    if field is Field.MIN_AMOUNT:
        return {field.value: read_price(in_ascii(text[:LONGEST_NAME]).strip(), about.currency)}
    if field in {Field.STARTS, Field.ENDS}:
        return as_field(field, read_day(text, on).toordinal(), zone)
    return {field.value: read_times(text)}


def as_field(field: Field, number: int | None, zone: tzinfo) -> dict[str, Any]:
    """The field that a key sets; a day is an ordinal, its end the end of that day where the shop is."""
    if field is Field.FIRST_ORDER:
        return {field.value: bool(number)}
    if field is Field.MIN_AMOUNT:
        return {field.value: number or 0}
    if field in {Field.STARTS, Field.ENDS} and number is not None:
        if not date.min.toordinal() < number < date.max.toordinal() - 1:
            raise unread("", "day_form")
        day = date.fromordinal(number)
        if field is Field.STARTS:
            return {field.value: first_moment(day, zone)}
        return {field.value: last_moment(day, zone)}
    return {field.value: number}

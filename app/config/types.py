"""How people write values in the configuration: durations, lists, currencies, amounts, addresses."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies
from msgspec import Meta, Struct

from db.money import STARS
from shop.carriers import template_of
from shop.settings.opening import DAYS
from shop.taxes import is_class, read_rate, written_rate

HOURS = re.compile(rf"({'|'.join(DAYS)}) ([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Section(Struct, frozen=True):
    """A table of the configuration file; nothing in it changes while the shop runs.

    Each setting is `Annotated` with `about`, and with `Read` and `Check` where its type does not say all that it must
    be.
    """


class Read(Struct, frozen=True):
    """In an annotation: what people wrote is turned into a value like this; a ValueError says what is wrong."""

    how: Callable[[Any], object]


class Check(Struct, frozen=True):
    """In an annotation: looks at a value of the right type and returns it, or another one; ValueError likewise."""

    how: Callable[[Any], object]


def about(description: str, *, example: Any = None, **rules: Any) -> Meta:
    """What a setting is, and a value to copy for whoever got it wrong (else the default); rules as msgspec's Meta."""
    return Meta(description=description, examples=None if example is None else [example], **rules)


def _duration(value: object) -> timedelta:
    if isinstance(value, str) and (match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", value)):
        value = float(match[1]) * UNITS[match[2] or "s"]
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError("is not a duration")  # noqa: TRY004  it is what people read
    if value <= 0:
        raise ValueError("is not more than 0 seconds")
    try:
        return timedelta(seconds=value)
    except (OverflowError, ValueError):
        raise ValueError("is longer than anybody waits") from None


def _listed(value: object) -> object:
    """Read a list from one environment variable: JSON, or values with commas between them."""
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise ValueError("is not a list in JSON") from None
    return [part.strip() for part in value.split(",") if part.strip()]


def _currency(value: str) -> str:
    if value not in list_currencies() and value != STARS:
        raise ValueError("is no currency of ISO 4217")
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown, a path, or a folder
        raise ValueError("is no time zone that this machine knows") from None
    return value


def _http_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/\S*)?", value):
        raise ValueError("is not an address that starts with http:// or https://")
    return value.rstrip("/")


def _hours(value: str) -> str:
    found = HOURS.fullmatch(value)
    if found is None:
        raise ValueError("is not a weekday and two times")
    opens, closes = int(found[2]) * 60 + int(found[3]), int(found[4]) * 60 + int(found[5])
    if not opens < closes <= 24 * 60:
        raise ValueError("does not close after it opens, the same day")
    return value


def _rate(value: str) -> str:
    """As it is kept: `DE standard 19`."""
    read = read_rate(value)
    return f"{read.place} {read.tax_class} {written_rate(read.rate)}"


def _class(value: str) -> str:
    if not is_class(value):
        raise ValueError("is not a class: small letters, at most sixteen")
    return value


def _title(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}: *\S.{0,63}", value):
        raise ValueError("is not a language and what it is called there, such as de: Paket")
    return value


def _step(value: str) -> str:
    if not re.fullmatch(r"\d{1,7}(\.\d{1,3})? (g|kg): \d{1,12}(\.\d{1,4})?", value):
        raise ValueError("is not a weight and a price, such as 1 kg: 4.90")
    return value


def _day(value: str) -> str:
    if value:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise ValueError("is not a day, such as 2026-12-27") from None
    return value


FROM_TEXT = Read(_listed)
CarrierUrl = Annotated[str, Check(template_of)]

Duration = Annotated[timedelta, Read(_duration)]
Currency = Annotated[str, Check(_currency)]
Timezone = Annotated[str, Check(_timezone)]
HttpUrl = Annotated[str, Check(_http_url)]
Amount = Annotated[str, Meta(pattern=r"^\d{1,12}(\.\d{1,4})?$")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
Ids = Annotated[tuple[Annotated[int, Meta(gt=0)], ...], FROM_TEXT]
Amounts = Annotated[tuple[Amount, ...], FROM_TEXT]
Countries = Annotated[tuple[Country, ...], FROM_TEXT]
Open = Annotated[tuple[Annotated[str, Check(_hours)], ...], FROM_TEXT]
TaxRates = Annotated[tuple[Annotated[str, Check(_rate)], ...], FROM_TEXT]
TaxClass = Annotated[str, Check(_class)]
Titles = Annotated[tuple[Annotated[str, Check(_title)], ...], FROM_TEXT]
Steps = Annotated[tuple[Annotated[str, Check(_step)], ...], FROM_TEXT]
Day = Annotated[str, Check(_day)]

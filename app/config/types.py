"""How people write values in the configuration: durations, lists, currencies, amounts, addresses."""

import json
import re
from datetime import timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_settings import NoDecode

from db.money import STARS

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Section(BaseModel):
    """A table of the configuration file: nothing in it changes while the shop runs, and unknown keys are mistakes."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        str_strip_whitespace=True,
        validate_default=True,
        defer_build=True,  # the whole configuration builds its sections' validators anyway
    )


def setting(default: Any, description: str, *, example: Any = None, **rules: Any) -> Any:
    """Declare one setting: its default, what it is, and a value to copy for whoever got it wrong (else the default)."""
    return Field(default=default, description=description, examples=[default if example is None else example], **rules)


def _duration(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return timedelta(seconds=value)
    if isinstance(value, str) and (match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd]?)\s*", value)):
        return timedelta(seconds=float(match[1]) * UNITS[match[2] or "s"])
    if isinstance(value, timedelta):
        return value
    raise ValueError("is not a duration")


def _lasting(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("is not more than 0 seconds")
    return value


def _listed(value: object) -> object:
    """Read a list from one environment variable: JSON, or values with commas between them."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
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


FROM_TEXT = BeforeValidator(_listed)

Duration = Annotated[timedelta, BeforeValidator(_duration), AfterValidator(_lasting)]
Currency = Annotated[str, AfterValidator(_currency)]
Timezone = Annotated[str, AfterValidator(_timezone)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
Amount = Annotated[str, Field(pattern=r"^\d{1,12}(\.\d{1,4})?$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Ids = Annotated[tuple[Annotated[int, Field(gt=0)], ...], NoDecode, FROM_TEXT]
Amounts = Annotated[tuple[Amount, ...], NoDecode, FROM_TEXT]
Countries = Annotated[tuple[Country, ...], NoDecode, FROM_TEXT]

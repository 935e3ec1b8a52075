"""Typed buttons: a frozen Struct a button, packed into at most 64 bytes and read back with suspicion.

Callback data is written by the client: it may be forged or years old. Fields are ids and small values only
(int, bool, short str, StrEnum, or None); names and prices are read again when the button is pressed.
"""

import types
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import astuple

LIMIT = 64  # bytes, Bot API
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAX_INT = 2**63 - 1
LONGEST_INT = 14  # a sign and thirteen digits: int() of thousands is slow, and refuses in words of its own

B = TypeVar("B", bound="Button")


class ButtonTooLong(ValueError):  # noqa: N818  it reads as a claim
    """A button does not fit into 64 bytes."""


class Button(Struct, frozen=True):
    """Base of every button; subclasses set a short unique `prefix` and are frozen Structs."""

    prefix: ClassVar[str] = ""

    def pack(self) -> str:
        """The callback data. Raises ButtonTooLong."""
        kind = type(self)
        data = ":".join([kind.prefix, *map(_write, astuple(self))])
        if len(data.encode()) > LIMIT:
            message = f"{type(self).__name__} packs into {len(data.encode())} bytes"
            raise ButtonTooLong(message)
        return data

    def opens(self) -> "Button | None":
        """The button that opens what this one is about (an order, mostly), as it is now; None when it is of no order.

        It stands behind a key that came too late, and names the order that a message with such keys shows.
        """
        return None


REMEMBERED = 1024  # what many people tap, each asked for twice a tap: to serve it and to count it


class Registry:
    """All buttons of the bot by prefix."""

    def __init__(self) -> None:
        self._kinds: dict[str, type[Button]] = {}
        self._read = lru_cache(REMEMBERED)(self._unpack)

    def add(self, kind: type[B]) -> type[B]:
        """Register a button class (a class decorator). Raises ValueError when the prefix is taken or missing."""
        if not kind.prefix or ":" in kind.prefix or kind.prefix in self._kinds:
            message = f"prefix {kind.prefix!r} of {kind.__name__} is empty or taken"
            raise ValueError(message)
        self._kinds[kind.prefix] = kind
        self._read.cache_clear()
        return kind

    def kinds(self) -> tuple[type[Button], ...]:
        """Every registered button class."""
        return tuple(self._kinds.values())

    def unpack(self, data: str) -> Button | None:
        """The button that `data` means, or None for a stranger: unknown, malformed, out of range."""
        return self._read(data)

    def _unpack(self, data: str) -> Button | None:
        if len(data) > LIMIT or not data.isprintable() or len(data.encode()) > LIMIT:
            return None  # Telegram delivers no such data, and no database keeps NUL
        prefix, *values = data.split(":")
        kind = self._kinds.get(prefix)
        if kind is None:
            return None
        kinds_of_values = _types(kind)
        if len(values) > len(kinds_of_values):
            return None
        try:
            # an older keyboard may know fewer values: those that came later have defaults
            return kind(*map(_read, kinds_of_values, values))
        except (ValueError, KeyError, TypeError):
            return None


_TYPES: dict[type[Button], tuple[Any, ...]] = {}


def _types(kind: type[Button]) -> tuple[Any, ...]:
    kinds = _TYPES.get(kind)
    if kinds is None:
        hints = get_type_hints(kind)
        kinds = _TYPES[kind] = tuple(hints[name] for name in kind.__struct_fields__)
    return kinds


def _write(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return _base36(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str) and ":" not in value and value:
        return value
    message = f"{value!r} cannot be part of a button"
    raise ValueError(message)


def _read(kind: Any, text: str) -> object:
    if get_origin(kind) in {Union, types.UnionType}:
        if not text:
            return None
        kind = next(option for option in get_args(kind) if option is not type(None))
    if kind is bool:
        return {"1": True, "0": False}[text]
    if kind is int:
        if len(text) > LONGEST_INT:
            raise ValueError(text)
        number = int(text, 36)
        if abs(number) > MAX_INT or text != _base36(number):
            raise ValueError(text)
        return number
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(text)
    if not text:
        raise ValueError(text)
    return text


def _base36(number: int) -> str:
    if number < 0:
        return "-" + _base36(-number)
    if number < 36:  # noqa: PLR2004  the base
        return DIGITS[number]
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
        if not number:
            return digits

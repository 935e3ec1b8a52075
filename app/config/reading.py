"""From what people wrote to sections: every setting for itself, so that all mistakes are found at once."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from msgspec import ValidationError, convert

from app.config.fields import Kind, settings
from app.config.mistakes import UNKNOWN, Path
from app.config.secret import Secret
from app.config.types import Section

SWITCH = {"yes": True, "on": True, "no": False, "off": False}  # beside true, false, 1 and 0, which msgspec knows

# What msgspec says, by its beginning or its limit, and how we say it; see its `Meta` for what can be limited.
SAYS = (
    (re.compile(r"(?:of length )?>= (\S+)"), "is less than {}"),
    (re.compile(r"of length <= (\S+)"), "is longer than {}"),
    (re.compile(r"<= (\S+)"), "is more than {}"),
    (re.compile(r"matching regex"), "does not look like one"),
    (re.compile(r"Expected `bool`"), "is neither true nor false"),
    (re.compile(r"Expected `int`"), "is not a whole number"),
    (re.compile(r"Expected `str`"), "is not a text"),
    (re.compile(r"Expected `array`"), "is not a list"),
)

S = TypeVar("S", bound=Section)
Note = Callable[[Path, str], None]


class _Wrong(Exception):  # noqa: N818  it is caught a few lines further up
    """Noted, and nothing can be read from it."""


def read(section: type[S], values: object, note: Note, at: Path = ()) -> S:
    """The section as `values` say; whatever is wrong is told to `note`, and keeps its default."""
    if not isinstance(values, Mapping):
        note(at, "is not a table of settings")
        return section()
    known = settings(section)
    right: dict[str, Any] = {}
    for name, value in values.items():
        path = (*at, name)
        if name not in known:
            note(path, UNKNOWN)
            continue
        try:
            right[name] = _value(known[name].kind, value, note, path)
        except _Wrong:
            continue
    return section(**right)


def _value(kind: Kind, value: object, note: Note, at: Path) -> object:
    """One value. Raises _Wrong when it was noted what is wrong."""
    if isinstance(value, str):
        value = value.strip()
    try:
        for rule in kind.reads:
            value = rule.how(value)
        value = _list(kind, value, note, at) if kind.is_list else _one(kind, value, note, at)
        for check in kind.checks:
            value = check.how(value)
    except ValidationError as error:
        note(at, _said(str(error), kind))
    except ValueError as error:
        note(at, str(error))
    else:
        return value
    raise _Wrong


def _one(kind: Kind, value: object, note: Note, at: Path) -> object:
    if kind.section is not None:
        return read(kind.section, value, note, at)
    if kind.is_secret:
        return Secret(convert(value, str))
    if kind.bare is bool and isinstance(value, str):
        value = SWITCH.get(value.lower(), value)
    return convert(value, kind.limited, strict=False)  # a variable of the environment is a text, whatever it means


def _list(kind: Kind, value: object, note: Note, at: Path) -> object:
    """A list with anything wrong in it keeps its default as a whole."""
    wrong: list[Path] = []

    def note_too(path: Path, says: str) -> None:
        wrong.append(path)
        note(path, says)

    items = []
    for position, item in enumerate(convert(value, list[Any])):
        with suppress(_Wrong):
            items.append(_value(kind.items, item, note_too, (*at, position)))
    if wrong:
        raise _Wrong
    return tuple(items) if kind.section else convert(items, kind.limited)


def _said(error: str, kind: Kind) -> str:
    """Msgspec's words in ours."""
    if error.startswith("Invalid enum value"):
        *most, last = map(repr, kind.bare.__args__)
        return f"is not {', '.join(most)} or {last}"
    for pattern, words in SAYS:
        if found := pattern.search(error):
            return words.format(*found.groups())
    return "cannot be read"

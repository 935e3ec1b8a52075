"""What was set in the chat over what the configuration says, by the same rules; a row that breaks one does not hold."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from app.config.checks import check
from app.config.mistakes import Mistake, Path, explain
from app.config.reading import Note, S, read
from app.config.settings import Config
from app.config.types import UNITS
from shop.settings.known import ALL, BY_KEY
from shop.settings.states import Origin, Value

NOT_HERE = "is not set in the chat"


class Laid(Struct, frozen=True):
    """The configuration with rows over it, which rows hold, and what is wrong with the others."""

    config: Config
    held: frozenset[str]
    refused: tuple[Mistake, ...]


def lay(config: Config, rows: Mapping[str, Any], broken: tuple[str, ...] = ()) -> Laid:
    """Put one row after the other over the configuration; who is wrong is left out."""
    refused = [Mistake(key, "holds no JSON", "Set it anew in the chat: /settings") for key in broken]
    known_before = set(check(config))
    held = set()
    # in the order of the screens, so that what one needs of another does not hang on the letters of its name
    for key in [one.key for one in ALL if one.key in rows]:
        changed, wrong = _with_one(config, key, rows[key])
        wrong = wrong or [mistake for mistake in check(changed) if mistake not in known_before]
        if wrong:
            refused += [replace(mistake, key=key) for mistake in wrong[:1]]
        else:
            config = changed
            held.add(key)
    refused += [Mistake(key, NOT_HERE, "Delete the row") for key in rows if key not in BY_KEY]
    return Laid(config, frozenset(held), tuple(refused))


def value_of(config: Config, key: str) -> Value:
    """What the configuration says, as a row would hold it."""
    here: Any = config
    for name in key.split("."):
        here = getattr(here, name)
    if isinstance(here, timedelta):
        return _duration(here)
    value: Value = _without_none(json.decode(json.encode(here)))
    return value


def origin_of(config: Config, key: str) -> Origin:
    """Whether the file or the environment says anything else than the default."""
    return Origin.DEFAULT if value_of(config, key) == value_of(Config(), key) else Origin.FILE


def _with_one(config: Config, key: str, value: object) -> tuple[Config, list[Mistake]]:
    wrong: list[Mistake] = []

    def note(path: Path, said: str) -> None:
        wrong.append(explain(Config, path, said, {}))

    changed = _within(config, tuple(key.split(".")), value, note)
    if key in {"shop.greeting", "shop.support", "shop.terms"}:  # what is set in the chat is said in every language
        name = key.partition(".")[2]
        texts = tuple(replace(one, **{name: ""}) for one in changed.shop.texts)
        changed = replace(changed, shop=replace(changed.shop, texts=texts))
    return changed, wrong


def _within(section: S, path: tuple[str, ...], value: object, note: Note, at: Path = ()) -> S:
    """The section with one setting changed, however deep it lies."""
    name, *rest = path
    if rest:
        inner = _within(getattr(section, name), tuple(rest), value, note, (*at, name))
        return replace(section, **{name: inner})
    fresh = read(type(section), {name: value}, note, at)
    return replace(section, **{name: getattr(fresh, name)})


def _without_none(value: Any) -> Any:
    """What is not set is left out of a table, as in the file."""
    if isinstance(value, list):
        return [_without_none(one) for one in value]
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if one is not None}
    return value


def _duration(length: timedelta) -> str:
    seconds = length.total_seconds()
    unit = next((unit for unit in "dhm" if not seconds % UNITS[unit]), "s")
    return f"{seconds / UNITS[unit]:g}{unit}"

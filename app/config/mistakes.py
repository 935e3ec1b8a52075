"""What is wrong with a configuration, said so that its author can put it right; values of secrets never."""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from app.config.fields import Setting, settings
from app.config.secret import Secret
from app.config.types import Section

Path = tuple[str | int, ...]

UNKNOWN = "is not a setting"


class Mistake(Struct, frozen=True):
    """One wrong setting: its key, what is wrong, and what to write instead."""

    key: str
    wrong: str
    instead: str

    def __str__(self) -> str:
        return f"{self.key} {self.wrong}. {self.instead}"


class ConfigMistakes(Exception):  # noqa: N818 (it is a list of them)
    """Everything that is wrong with a configuration, at once."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def explain(section: type[Section], path: Path, wrong: str, origin: Mapping[str, Any]) -> Mistake:
    """What is wrong with the setting at this path; `origin` holds what came from the environment."""
    from_environment = _leads_somewhere(origin, path)
    key = environment_name(path) if from_environment else dotted(path)
    if wrong == UNKNOWN:
        return Mistake(key, wrong, _suggestion(section, path))
    return Mistake(key, wrong, _advice(section, path, from_environment=from_environment))


def environment_name(path: Path) -> str:
    """The variable of a setting: shop.currency is STOREFRONT_SHOP__CURRENCY."""
    return "STOREFRONT_" + "__".join(str(part).upper() for part in path if isinstance(part, str))


def dotted(path: Path) -> str:
    """A path as people write it: shop.shipping[1].price, counted from one."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def setting_at(section: type[Section], path: Path) -> Setting | None:
    """The setting that a path leads to; None where there is none."""
    setting: Setting | None = None
    for name in (part for part in path if isinstance(part, str)):
        setting = settings(section).get(name)
        if setting is None:
            return None
        section = setting.kind.section or section
    return setting


def _advice(section: type[Section], path: Path, *, from_environment: bool) -> str:
    """What to write instead, from the setting's own description and example."""
    setting = setting_at(section, path)
    if setting is None or setting.about is None:
        return "See config.example.toml."
    name = [part for part in path if isinstance(part, str)][-1]
    shown = _shown(setting.example)
    line = f"{environment_name(path)}={shown.strip(chr(34))}" if from_environment else f"{name} = {shown}"
    return f"{setting.about}; for example {line}"


def _shown(value: object) -> str:
    if isinstance(value, timedelta):
        return f'"{value.total_seconds():g}s"'
    if isinstance(value, Secret):
        value = value.reveal()
    return json.dumps(value, ensure_ascii=False)


def _suggestion(section: type[Section], path: Path) -> str:
    """The setting that was probably meant by one that does not exist."""
    parent = setting_at(section, path[:-1])
    known = settings((parent and parent.kind.section) or section)
    close = get_close_matches(str(path[-1]), known, n=1, cutoff=0.5)
    if close:
        return f"Did you mean {dotted((*path[:-1], close[0]))}?"
    return "Known there: " + ", ".join(known) + "."


def _leads_somewhere(values: Mapping[str, Any], path: Path) -> bool:
    here: Any = values
    for part in path:
        if not isinstance(here, Mapping) or part not in here:
            return isinstance(part, int) and here is not values and not isinstance(here, Mapping)
        here = here[part]
    return bool(path)

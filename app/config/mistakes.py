"""What is wrong with a configuration, said so that its author can put it right; values of secrets never."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from difflib import get_close_matches
from typing import Any, get_args

from msgspec import Struct
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]

WRONG = {
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "int_parsing": "is not a whole number",
    "int_type": "is not a whole number",
    "int_from_float": "is not a whole number",
    "string_type": "is not a text",
    "tuple_type": "is not a list",
    "model_type": "is not a table of settings",
    "string_pattern_mismatch": "does not look like one",
}


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


def submodels(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every section inside an annotation: `Shop`, `tuple[Shipping, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from submodels(part)


def field_at(model: type[BaseModel], path: Path) -> FieldInfo | None:
    """The setting that a path leads to; None where there is none."""
    names = [part for part in path if isinstance(part, str)]
    field: FieldInfo | None = None
    for name in names:
        field = model.model_fields.get(name)
        if field is None:
            return None
        model = next(submodels(field.annotation), model)
    return field


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting may be given as a file and is never shown."""
    return _mentions_secret(field.annotation)


def _mentions_secret(annotation: object) -> bool:
    return annotation is SecretStr or any(_mentions_secret(part) for part in get_args(annotation))


def environment_name(path: Path) -> str:
    """The variable of a setting: shop.currency is STOREFRONT_SHOP__CURRENCY."""
    return "STOREFRONT_" + "__".join(str(part).upper() for part in path if isinstance(part, str))


def dotted(path: Path) -> str:
    """A path as people write it: shop.shipping[1].price, counted from one."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _shown(value: object) -> str:
    if isinstance(value, timedelta):
        return f'"{value.total_seconds():g}s"'
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return json.dumps(value, ensure_ascii=False)


def advice(model: type[BaseModel], path: Path, *, from_environment: bool) -> str:
    """What to write instead, from the setting's own description and example."""
    field = field_at(model, path)
    if field is None or not field.examples:
        return "See config.example.toml."
    name = [part for part in path if isinstance(part, str)][-1]
    shown = _shown(field.examples[0])
    line = f"{environment_name(path)}={shown.strip(chr(34))}" if from_environment else f"{name} = {shown}"
    return f"{field.description}; for example {line}"


def _suggestion(model: type[BaseModel], path: Path) -> str:
    """The setting that was probably meant by one that does not exist."""
    parent = field_at(model, path[:-1])
    scope = next(submodels(parent.annotation), model) if parent else model
    close = get_close_matches(str(path[-1]), scope.model_fields, n=1, cutoff=0.5)
    if close:
        return f"Did you mean {dotted((*path[:-1], close[0]))}?"
    return "Known there: " + ", ".join(scope.model_fields) + "."


def explain(model: type[BaseModel], error: ErrorDetails, origin: Mapping[str, Any]) -> Mistake:
    """One of pydantic's errors in our words; `origin` holds what came from the environment."""
    path: Path = tuple(part for part in error["loc"] if not _is_tag(part))
    from_environment = _leads_somewhere(origin, path)
    key = environment_name(path) if from_environment else dotted(path)
    if error["type"] == "extra_forbidden":
        return Mistake(key, "is not a setting", _suggestion(model, path))
    return Mistake(key, _wrong(error), advice(model, path, from_environment=from_environment))


def _is_tag(part: str | int) -> bool:
    """Pydantic names the branch of a union or validator in brackets: not a key."""
    return isinstance(part, str) and ("[" in part or part.startswith("function-"))


def _wrong(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return str(limits["error"])
        case "greater_than_equal" | "too_short" | "string_too_short":
            return f"is less than {limits.get('ge', limits.get('min_length'))}"
        case "less_than_equal":
            return f"is more than {limits['le']}"
        case "greater_than":
            return f"is not more than {limits['gt']}"
        case "too_long" | "string_too_long":
            return f"is longer than {limits['max_length']}"
        case "literal_error":
            return f"is not {limits['expected']}"
        case kind:
            return WRONG.get(kind, "cannot be read")


def _leads_somewhere(values: Mapping[str, Any], path: Path) -> bool:
    here: Any = values
    for part in path:
        if not isinstance(here, Mapping) or part not in here:
            return isinstance(part, int) and here is not values and not isinstance(here, Mapping)
        here = here[part]
    return bool(path)

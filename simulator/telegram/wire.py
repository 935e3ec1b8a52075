"""Types of what travels as JSON, and careful ways to read it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]


def as_object(value: object) -> Mapping[str, Json] | None:
    """The value as a JSON object, or None when it is something else."""
    return value if isinstance(value, Mapping) else None


def as_list(value: object) -> Sequence[Json] | None:
    """The value as a JSON array, or None when it is something else."""
    return value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else None


def as_text(value: object, default: str = "") -> str:
    """A string field of an object; numbers are written out, anything else is the default."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return default


def as_integer(value: object) -> int | None:
    """An integer field of an object, also when it came as a string of digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        try:
            return int(value.strip())
        except ValueError:
            return None
    return None


def as_flag(value: object) -> bool:
    """A boolean field, as the Bot API reads it: true, "true", "yes" and "1" are true."""
    if isinstance(value, str):
        return value.strip().lower() in {"true", "yes", "1"}
    return value is True or value == 1

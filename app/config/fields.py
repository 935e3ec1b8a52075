"""What the sections declare, setting by setting: its type, its rules, what it is, and an example."""

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

from app.config.secret import Secret
from app.config.types import Check, Read, Section


class Kind(Struct, frozen=True):
    """A type without what is written around it: what it is read by, checked by, and measured by."""

    bare: Any
    reads: tuple[Read, ...]
    checks: tuple[Check, ...]
    limits: tuple[Meta, ...]

    @property
    def section(self) -> type[Section] | None:
        """The section itself, or the one that the items of a list are."""
        inner = get_args(self.bare)[0] if self.is_list else self.bare
        return inner if isinstance(inner, type) and issubclass(inner, Section) else None

    @property
    def is_list(self) -> bool:
        """Whether it holds any number of items."""
        return get_origin(self.bare) is tuple

    @property
    def is_secret(self) -> bool:
        """Whether it may be given as a file and is never shown."""
        return self.bare is Secret

    @property
    def items(self) -> "Kind":
        """What the items of a list are."""
        return kind_of(get_args(self.bare)[0])

    @property
    def limited(self) -> Any:
        """The type with its limits, as msgspec reads it."""
        return Annotated[self.bare, *self.limits] if self.limits else self.bare


class Setting(Struct, frozen=True):
    """One setting of a section."""

    kind: Kind
    about: str | None
    example: Any


@cache
def kind_of(annotation: Any) -> Kind:
    """Take an annotation apart; that a setting may be absent says its default."""
    extras: tuple[Any, ...] = ()
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        if get_origin(annotation) is Annotated:
            extras = (*annotation.__metadata__, *extras)
            annotation = get_args(annotation)[0]
        else:
            (annotation,) = [part for part in get_args(annotation) if part is not NoneType]
    return Kind(
        annotation,
        tuple(extra for extra in extras if isinstance(extra, Read)),
        tuple(extra for extra in extras if isinstance(extra, Check)),
        tuple(extra for extra in extras if isinstance(extra, Meta)),
    )


@cache
def settings(section: type[Section]) -> Mapping[str, Setting]:
    """The settings of a section by their names."""
    found = {}
    for field in fields(section):
        kind = kind_of(field.type)
        about = next((meta for meta in reversed(kind.limits) if meta.description), None)
        default = field.default_factory() if field.default is NODEFAULT else field.default
        example = about.examples[0] if about and about.examples else default
        found[field.name] = Setting(kind, about.description if about else None, example)
    return found

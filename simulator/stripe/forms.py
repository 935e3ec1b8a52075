"""Stripe's form encoding: `line_items[0][price_data][currency]=eur`, read into nested values with typed getters."""

import re
from collections.abc import Iterable, Iterator, Mapping

from simulator.stripe.errors import invalid, missing

_PART = re.compile(r"[^\[\]]+")
Tree = dict[str, "Tree | str"]


def parse(pairs: Iterable[tuple[str, str]]) -> Tree:
    """Nest flat form pairs; lists stay mappings from "0", "1", … because the wire says no more than that."""
    tree: Tree = {}
    for key, value in pairs:
        parts = _PART.findall(key) or [key]
        node = tree
        for part in parts[:-1]:
            child = node.setdefault(part, {})
            if not isinstance(child, dict):
                raise invalid(f"Invalid request: parameter {key} is both a value and a hash.", key)
            node = child
        last = parts[-1]
        node[str(len(node)) if key.endswith("[]") else last] = value
    return tree


class Params:
    """One level of a request's parameters, which knows its own name for error messages."""

    def __init__(self, tree: Mapping[str, Tree | str], path: str = "") -> None:
        self.tree = tree
        self.path = path

    def name(self, key: str) -> str:
        """Return the parameter's full name as Stripe writes it in errors."""
        return f"{self.path}[{key}]" if self.path else key

    def __contains__(self, key: str) -> bool:
        return self.tree.get(key, "") != ""

    def text(self, key: str) -> str | None:
        """Return a string, or None when it is absent or empty (Stripe reads an empty value as "unset")."""
        value = self.tree.get(key, "")
        if isinstance(value, dict):
            raise invalid(f"Invalid string: {value}", self.name(key))
        return value or None

    def required(self, key: str) -> str:
        """Return a string that must be there."""
        value = self.text(key)
        if value is None:
            raise missing(self.name(key))
        return value

    def integer(self, key: str) -> int | None:
        """Return a whole number, or None when it is absent."""
        value = self.text(key)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,18}", value):
            raise invalid(f"Invalid integer: {value}", self.name(key), "parameter_invalid_integer")
        return int(value)

    def positive(self, key: str, least: int = 1) -> int | None:
        """Return a whole number that is at least `least`, or None when it is absent."""
        value = self.integer(key)
        if value is not None and value < least:
            raise invalid(
                f"This value must be greater than or equal to {least}.", self.name(key), "parameter_invalid_integer"
            )
        return value

    def flag(self, key: str) -> bool | None:
        """Return true or false, or None when it is absent."""
        value = self.text(key)
        if value is None:
            return None
        if value not in ("true", "false"):
            raise invalid(f"Invalid boolean: {value}", self.name(key))
        return value == "true"

    def choice(self, key: str, allowed: Iterable[str]) -> str | None:
        """Return a value out of a closed list, or None when it is absent."""
        value = self.text(key)
        names = list(allowed)
        if value is not None and value not in names:
            raise invalid(f"Invalid {self.name(key)}: must be one of {', '.join(names)}", self.name(key))
        return value

    def child(self, key: str) -> "Params | None":
        """Return a nested hash, or None when it is absent."""
        value = self.tree.get(key, "")
        if value == "":
            return None
        if isinstance(value, str):
            raise invalid("Invalid object", self.name(key))
        return Params(value, self.name(key))

    def children(self, key: str) -> list["Params"]:
        """Return a list of nested hashes, in the order of their indexes."""
        return [Params(_hash(value, name), name) for name, value in self._indexed(key)]

    def texts(self, key: str) -> list[str]:
        """Return a list of strings."""
        values = [value for _, value in self._indexed(key)]
        if any(isinstance(value, dict) for value in values):
            raise invalid("Invalid array", self.name(key))
        return [str(value) for value in values]

    def mapping(self, key: str) -> dict[str, str]:
        """Return free-form pairs such as metadata."""
        child = self.child(key)
        return {} if child is None else {name: child.required(name) for name in child.tree if name in child}

    def _indexed(self, key: str) -> Iterator[tuple[str, Tree | str]]:
        value = self.tree.get(key, "")
        if value == "":
            return
        if isinstance(value, str) or not all(index.isdigit() for index in value):
            raise invalid("Invalid array", self.name(key))
        for index in sorted(value, key=int):
            yield f"{self.name(key)}[{index}]", value[index]


def _hash(value: Tree | str, name: str) -> Tree:
    if isinstance(value, str):
        raise invalid("Invalid object", name)
    return value

"""What a guard is, for the table of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """`old` stands once in `file`; with `new` in its place, `test` must fail on `kind` of database."""

    name: str
    file: str
    old: str
    new: str
    test: str
    kind: str = "sqlite"

"""What can be measured: one Measurement a file, each row of figures under a name, each column with its better side."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from tests.world.databases import Databases

Row = dict[str, Any]  # "what": the row's name, the rest: figures, and whatever else is worth keeping in the JSON


@dataclass(frozen=True)
class Column:
    """A figure of the rows: its key, its heading, its decimal places, and which side of it is better."""

    key: str
    title: str
    digits: int = 1
    better: Literal["more", "less", ""] = ""


@dataclass(frozen=True)
class Plan:
    """How much to measure and with what; `say` prints a line of progress."""

    databases: Databases
    kinds: tuple[str, ...]  # those of sqlite, postgresql and mariadb that can be had here
    quick: bool
    soak: float  # minutes
    say: Callable[[str], None]


@dataclass(frozen=True)
class Measurement:
    """One thing that is measured: `run` gives its rows, `columns` are what is printed and compared."""

    name: str
    about: str
    columns: tuple[Column, ...]
    run: Callable[[Plan], Awaitable[list[Row]]]

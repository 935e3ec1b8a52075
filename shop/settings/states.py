"""How a setting stands: which value holds, where it comes from, and who can say so."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol

from msgspec import Struct

from shop.policy import Policy

Value = str | int | bool | list[Any]  # as JSON has it; a duration is "3d", a way to ship a table


class Origin(StrEnum):
    """Who said the value that holds; each wins over the next."""

    CHAT = "chat"
    FILE = "file"  # or the environment
    DEFAULT = "default"


class State(Struct, frozen=True):
    """A setting as it stands; `below` and `below_from` are what would hold without a row."""

    value: Value
    origin: Origin
    below: Value
    below_from: Origin


class Wrong(Struct, frozen=True):
    """What the rules of the file say against a value: `key` is the setting to blame, `said` the sentence (English)."""

    key: str
    said: str


class Settings(Protocol):
    """The settings of this process: the configuration with the rows over it."""

    @property
    def policy(self) -> Policy:
        """What the rules take of them, as it holds now."""
        ...

    @property
    def configured(self) -> Sequence[str]:
        """The ways to pay that the file configures: those that can be on."""
        ...

    @property
    def refused(self) -> Sequence[Wrong]:
        """Rows that do not hold, because they are wrong."""
        ...

    def state(self, key: str) -> State:
        """How a setting stands."""
        ...

    def check(self, key: str, value: Value) -> Wrong | None:
        """What is wrong with a value, by the rules of the file."""
        ...

    async def follow(self) -> bool:
        """Read the rows again if somebody changed them; whether that was so."""
        ...

"""The carriers that a seller may choose from: the shop's own first, then those of the table that comes along."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, convert

from shop.policy import Carrier

TABLE = Path(__file__).parent / "known.toml"


class Form(Struct, frozen=True):
    """Numbers of one carrier alone: a regular expression, and which check digit must be right."""

    form: str
    check: str | None = None


class Known(Struct, frozen=True):
    """A carrier of the table."""

    id: str
    name: str
    url: str
    names: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()

    @property
    def carrier(self) -> Carrier:
        """As a shop would set it."""
        return Carrier(self.id, self.name, self.url)


KNOWN: tuple[Known, ...] = convert(
    tomllib.loads(TABLE.read_text(encoding="utf-8"))["carrier"], tuple[Known, ...], strict=True
)


def offered(own: Sequence[Carrier]) -> tuple[Carrier, ...]:
    """All that may be chosen; one of the shop's own takes the place of a known one with the same id."""
    taken = {one.id for one in own}
    return (*own, *(one.carrier for one in KNOWN if one.id not in taken))


def one_of(own: Sequence[Carrier], carrier_id: str) -> Carrier | None:
    """The carrier with this id, if there is one."""
    return next((one for one in offered(own) if one.id == carrier_id), None)

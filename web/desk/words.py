"""What the desk asks of words: those of the chat, handed in (docs/decisions/words-of-the-desk.md)."""

from datetime import datetime, tzinfo
from typing import Protocol

from markupsafe import Markup


def mark(text: str) -> str:
    """Mark a text for translation where it is written, to be looked up where it is shown."""
    return text


class Words(Protocol):
    """One language; see bot/words/wording.py, which speaks it."""

    language: str

    def __call__(self, text: str, /, **values: object) -> Markup:
        """The text as HTML; values are escaped."""
        ...

    def plain(self, text: str, /, **values: object) -> str:
        """The text as it is: a template escapes it."""
        ...

    def plain_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The form that `n` asks for."""
        ...

    def money(self, amount: int, currency: str) -> str:
        """Minor units as people write them."""
        ...

    def number(self, number: float) -> str:
        """A number with this language's separators."""
        ...

    def date(self, moment: datetime) -> str:
        """The day, where the shop is."""
        ...

    def datetime(self, moment: datetime) -> str:
        """The day and the minute, where the shop is."""
        ...

    def country(self, code: str) -> str:
        """The name of a country."""
        ...

    def name_of(self, language: str) -> str:
        """A language's name for itself."""
        ...

    @property
    def zone(self) -> tzinfo:
        """Where the shop is."""
        ...

"""Buttons of operators: who may sell."""

from dataclasses import dataclass
from typing import ClassVar

from bot.button import Button
from bot.buttons import button


@button
@dataclass(frozen=True, slots=True)
class OpenSellers(Button):
    """Everybody who sells; also ends the form about it."""

    prefix: ClassVar[str] = "a"
    page: int = 0


@button
@dataclass(frozen=True, slots=True)
class AskAppoint(Button):
    """Ask who shall sell."""

    prefix: ClassVar[str] = "aa"


@button
@dataclass(frozen=True, slots=True)
class Dismiss(Button):
    """A person shall sell no more; asked back once unless `sure`."""

    prefix: ClassVar[str] = "ad"
    telegram_id: int
    sure: bool = False

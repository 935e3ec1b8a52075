"""Buttons of operators: who may sell."""

from typing import ClassVar

from bot.button import Button
from bot.buttons import button


@button
class OpenSellers(Button, frozen=True):
    """Everybody who sells; also ends the form about it."""

    prefix: ClassVar[str] = "a"
    page: int = 0


@button
class AskAppoint(Button, frozen=True):
    """Ask who shall sell."""

    prefix: ClassVar[str] = "aa"


@button
class Dismiss(Button, frozen=True):
    """A person shall sell no more; asked back once unless `sure`."""

    prefix: ClassVar[str] = "ad"
    telegram_id: int
    sure: bool = False

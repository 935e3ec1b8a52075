"""Buttons of operators: who may sell."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


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
class Appoint(Button, frozen=True):
    """The person who was shown with their id shall sell."""

    prefix: ClassVar[str] = "ay"
    telegram_id: int


@button
class Dismiss(Button, frozen=True):
    """Ask what becomes of a person's goods and orders when they sell no more; `page`: of those who could take over."""

    prefix: ClassVar[str] = "ad"
    telegram_id: int
    page: int | None = None


@button
class HandOver(Button, frozen=True):
    """A person shall sell no more, and another has what was theirs; with `archive` the goods go off sale."""

    prefix: ClassVar[str] = "ah"
    telegram_id: int
    to: int
    archive: bool = False

"""The buttons below what a file would change, and below what became of it."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class TakeIn(Button, frozen=True):
    """The file with this mark shall be taken in, as it was shown."""

    prefix: ClassVar[str] = "fi"
    mark: str


@button
class OpenList(Button, frozen=True):
    """How far a list is, and what became of it."""

    prefix: ClassVar[str] = "fl"
    run_id: int


@button
class UndoList(Button, frozen=True):
    """Put back what a list changed, after asking back."""

    prefix: ClassVar[str] = "fu"
    run_id: int
    sure: bool = False

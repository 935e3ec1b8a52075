"""The button below what a file would change."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class TakeIn(Button, frozen=True):
    """The file with this mark shall be taken in, as it was shown."""

    prefix: ClassVar[str] = "fi"
    mark: str

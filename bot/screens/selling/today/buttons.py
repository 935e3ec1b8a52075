"""The key to the first look of the day."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenToday(Button, frozen=True):
    """What came, what waits, what runs out, as it is now."""

    prefix: ClassVar[str] = "td"

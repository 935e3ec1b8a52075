"""The key to another link."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenDesk(Button, frozen=True):
    """Make a link to the desk; the one before counts no more."""

    prefix: ClassVar[str] = "dk"

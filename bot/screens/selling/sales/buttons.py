"""Buttons of the figures."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from shop.figures import Span


@button
class OpenFigures(Button, frozen=True):
    """The chart and the figures of a period up to now."""

    prefix: ClassVar[str] = "fg"
    span: Span = Span.WEEK

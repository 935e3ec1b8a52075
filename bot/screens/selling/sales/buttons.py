"""Buttons of the figures; a period is its first day, as a number, and how many days it has."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from shop.figures import Span


@button
class OpenFigures(Button, frozen=True):
    """The chart and the figures of a period up to now."""

    prefix: ClassVar[str] = "fg"
    span: Span = Span.WEEK


@button
class OpenPeriod(Button, frozen=True):
    """The chart and the figures of a period that has no key of its own."""

    prefix: ClassVar[str] = "fp"
    day: int
    days: int


@button
class ListBest(Button, frozen=True):
    """Everything that was sold in a period, the most first."""

    prefix: ClassVar[str] = "fb"
    day: int
    days: int
    page: int = 0


@button
class SetGround(Button, frozen=True):
    """Charts are dark for me from now on, or light; shown is the period whose chart it is."""

    prefix: ClassVar[str] = "qz"
    dark: bool
    day: int
    days: int

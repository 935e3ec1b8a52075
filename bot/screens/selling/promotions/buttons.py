"""Buttons of a seller's promotions."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class ListPromotions(Button, frozen=True):
    """My promotions, those before an id."""

    prefix: ClassVar[str] = "vl"
    before: int | None = None


@button
class NewPromotion(Button, frozen=True):
    """Ask for a new one."""

    prefix: ClassVar[str] = "vn"


@button
class OpenPromotion(Button, frozen=True):
    """One of mine."""

    prefix: ClassVar[str] = "vo"
    promotion_id: int


@button
class SetRunning(Button, frozen=True):
    """The promotion shall run, or run no more."""

    prefix: ClassVar[str] = "vs"
    promotion_id: int
    running: bool


@button
class MakeCodes(Button, frozen=True):
    """Make so many codes that count once each, as a file."""

    prefix: ClassVar[str] = "vg"
    promotion_id: int
    count: int


@button
class ShowCodeLink(Button, frozen=True):
    """The QR code of the link that puts the code into a cart."""

    prefix: ClassVar[str] = "vq"
    promotion_id: int

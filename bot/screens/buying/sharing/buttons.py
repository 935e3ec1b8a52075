"""The button that gives the link of what is on show."""

from enum import StrEnum
from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


class Shared(StrEnum):
    """What a link opens."""

    PRODUCT = "p"
    CATEGORY = "c"
    ORDER = "o"  # for whose it is


@button
class ShareIt(Button, frozen=True):
    """The link of this product, category or order of mine, with its QR code."""

    prefix: ClassVar[str] = "hs"
    what: Shared
    number: int

"""Buttons of the lists beside the shelves."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenArrivals(Button, frozen=True):
    """The newest products of the shop, older than one; below zero: from that product on."""

    prefix: ClassVar[str] = "zg"
    after: int | None = None


@button
class OpenViewed(Button, frozen=True):
    """What I looked at lately: a page from 0."""

    prefix: ClassVar[str] = "zj"
    page: int = 0


@button
class OpenTogether(Button, frozen=True):
    """What is often bought with this product."""

    prefix: ClassVar[str] = "zt"
    product_id: int


@button
class ForgetViewed(Button, frozen=True):
    """Keep nothing of what I looked at."""

    prefix: ClassVar[str] = "zu"

"""Buttons of translations."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenTexts(Button, frozen=True):
    """The languages in which a product has texts."""

    prefix: ClassVar[str] = "yp"
    product_id: int


@button
class WriteText(Button, frozen=True):
    """Ask for its name in a language, and then for its description."""

    prefix: ClassVar[str] = "yw"
    product_id: int
    language: str


@button
class WriteDescription(Button, frozen=True):
    """Ask for its description in a language: the name stays."""

    prefix: ClassVar[str] = "yd"
    product_id: int
    language: str


@button
class DropText(Button, frozen=True):
    """It has no texts in this language any more."""

    prefix: ClassVar[str] = "yy"
    product_id: int
    language: str


@button
class OpenNames(Button, frozen=True):
    """The languages in which a category has a name."""

    prefix: ClassVar[str] = "yk"
    category_id: int


@button
class WriteName(Button, frozen=True):
    """Ask for its name in a language."""

    prefix: ClassVar[str] = "ym"
    category_id: int
    language: str


@button
class DropName(Button, frozen=True):
    """It has no name in this language any more."""

    prefix: ClassVar[str] = "yz"
    category_id: int
    language: str

"""Buttons of the tree of categories."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenTree(Button, frozen=True):
    """The categories below one (None: at the top), a page of them."""

    prefix: ClassVar[str] = "it"
    category_id: int | None = None
    page: int = 0


@button
class ChangeCategory(Button, frozen=True):
    """One category, and what can be done to it."""

    prefix: ClassVar[str] = "ic"
    category_id: int


@button
class NewCategory(Button, frozen=True):
    """Ask for the name of a new one below this (None: at the top)."""

    prefix: ClassVar[str] = "in"
    below: int | None = None


@button
class RenameCategory(Button, frozen=True):
    """Ask for another name."""

    prefix: ClassVar[str] = "ir"
    category_id: int


@button
class PlaceCategory(Button, frozen=True):
    """It stands at this place, from 0, among those beside it."""

    prefix: ClassVar[str] = "ip"
    category_id: int
    place: int


@button
class ChooseAbove(Button, frozen=True):
    """Ask below which one it shall hang; a page of those that can be."""

    prefix: ClassVar[str] = "ia"
    category_id: int
    page: int = 0


@button
class MoveCategory(Button, frozen=True):
    """It hangs below that one (None: at the top)."""

    prefix: ClassVar[str] = "im"
    category_id: int
    to: int | None


@button
class HideCategory(Button, frozen=True):
    """It is hidden, with everything below, or shown."""

    prefix: ClassVar[str] = "ih"
    category_id: int
    hidden: bool


@button
class AskDeleteCategory(Button, frozen=True):
    """Ask whether it shall go."""

    prefix: ClassVar[str] = "iq"
    category_id: int


@button
class DeleteCategory(Button, frozen=True):
    """Yes: it goes."""

    prefix: ClassVar[str] = "id"
    category_id: int

"""The button of the favourites."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenFavourites(Button, frozen=True):
    """A page of what I like, from 0."""

    prefix: ClassVar[str] = "fv"
    page: int = 0

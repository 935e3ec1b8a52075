"""Buttons of a product's photos; `mark` names a photo wherever it stands."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button

FORM = "product_photos"  # the question for photos to add


@button
class OpenPhotos(Button, frozen=True):
    """A product's photos, this one on show (None: the first)."""

    prefix: ClassVar[str] = "0p"
    product_id: int
    mark: str | None = None


@button
class PlacePhoto(Button, frozen=True):
    """The photo shall stand at this place; 0 is the first."""

    prefix: ClassVar[str] = "0m"
    product_id: int
    mark: str
    place: int


@button
class RemovePhoto(Button, frozen=True):
    """The photo shall not be there; asks once."""

    prefix: ClassVar[str] = "0x"
    product_id: int
    mark: str
    sure: bool = False

"""Buttons of reviews: stars, words, and reading what others said."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenRatings(Button, frozen=True):
    """What I think of the products of my completed order."""

    prefix: ClassVar[str] = "rv"
    order_id: int


@button
class OpenRating(Button, frozen=True):
    """What I think of one product of the order."""

    prefix: ClassVar[str] = "r1"
    order_id: int
    product_id: int


@button
class Rate(Button, frozen=True):
    """The product has so many stars from me (1–5)."""

    prefix: ClassVar[str] = "rr"
    order_id: int
    product_id: int
    stars: int


@button
class WriteComment(Button, frozen=True):
    """I want to say something to my stars."""

    prefix: ClassVar[str] = "rc"
    order_id: int
    product_id: int


@button
class DropComment(Button, frozen=True):
    """My stars shall stand without words or a photo; also ends the form that asks for them."""

    prefix: ClassVar[str] = "rx"
    order_id: int
    product_id: int
    keep: bool = False


@button
class OpenReviews(Button, frozen=True):
    """What people said about a product, older than a review's id; of so many stars, or with a photo."""

    prefix: ClassVar[str] = "rl"
    product_id: int
    after: int | None = None
    stars: int | None = None
    photos: bool = False


@button
class OpenReview(Button, frozen=True):
    """All that somebody said about a product, or one of their photos of it (from 1); the rest says the way back."""

    prefix: ClassVar[str] = "ra"
    review_id: int
    product_id: int
    after: int | None = None
    photo: int = 0
    stars: int | None = None
    photos: bool = False


@button
class DropPhotos(Button, frozen=True):
    """My words shall stand without photos."""

    prefix: ClassVar[str] = "rz"
    order_id: int
    product_id: int


@button
class MeantSearch(Button, frozen=True):
    """What I wrote after the stars was no review: take it back, and look for it."""

    prefix: ClassVar[str] = "rs"
    order_id: int
    product_id: int


@button
class HideReview(Button, frozen=True):
    """The review of my product shall be hidden; asks why."""

    prefix: ClassVar[str] = "rh"
    review_id: int
    product_id: int

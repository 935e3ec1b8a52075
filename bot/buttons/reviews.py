"""Buttons of reviews: stars, words, and reading what others said."""

from dataclasses import dataclass
from typing import ClassVar

from bot.button import Button
from bot.buttons import button


@button
@dataclass(frozen=True, slots=True)
class OpenRatings(Button):
    """What I think of the products of my completed order."""

    prefix: ClassVar[str] = "rv"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class OpenRating(Button):
    """What I think of one product of the order."""

    prefix: ClassVar[str] = "r1"
    order_id: int
    product_id: int


@button
@dataclass(frozen=True, slots=True)
class Rate(Button):
    """The product has so many stars from me (1–5)."""

    prefix: ClassVar[str] = "rr"
    order_id: int
    product_id: int
    stars: int


@button
@dataclass(frozen=True, slots=True)
class WriteComment(Button):
    """I want to say something to my stars."""

    prefix: ClassVar[str] = "rc"
    order_id: int
    product_id: int


@button
@dataclass(frozen=True, slots=True)
class DropComment(Button):
    """My stars shall stand without words; also ends the form that asks for them."""

    prefix: ClassVar[str] = "rx"
    order_id: int
    product_id: int
    keep: bool = False


@button
@dataclass(frozen=True, slots=True)
class OpenReviews(Button):
    """What people said about a product, older than a review's id."""

    prefix: ClassVar[str] = "rl"
    product_id: int
    after: int | None = None


@button
@dataclass(frozen=True, slots=True)
class HideReview(Button):
    """The review of my product shall be hidden; it stays on its page until the page is opened again."""

    prefix: ClassVar[str] = "rh"
    review_id: int
    product_id: int

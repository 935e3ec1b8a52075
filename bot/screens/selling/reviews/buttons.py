"""Buttons of a seller's reviews."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from shop.reviews import Which


@button
class ListReceived(Button, frozen=True):
    """Reviews of my goods, those before a review's id."""

    prefix: ClassVar[str] = "yl"
    which: Which = Which.ALL
    before: int | None = None


@button
class OpenReceived(Button, frozen=True):
    """One review of my goods with one of its photos (from 1); also ends a form about it."""

    prefix: ClassVar[str] = "yo"
    review_id: int
    photo: int = 1


@button
class AnswerReview(Button, frozen=True):
    """Ask what everybody shall read below it."""

    prefix: ClassVar[str] = "ya"
    review_id: int


@button
class DropAnswer(Button, frozen=True):
    """My answer shall be gone."""

    prefix: ClassVar[str] = "yx"
    review_id: int


@button
class ShowReview(Button, frozen=True):
    """A hidden review shall be shown again."""

    prefix: ClassVar[str] = "ys"
    review_id: int

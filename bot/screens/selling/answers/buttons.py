"""Buttons of saved answers."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class ListAnswers(Button, frozen=True):
    """The answers that I keep."""

    prefix: ClassVar[str] = "jw"


@button
class WriteAnswer(Button, frozen=True):
    """I want to keep one more, or to write one anew."""

    prefix: ClassVar[str] = "ja"
    answer_id: int | None = None


@button
class RemoveAnswer(Button, frozen=True):
    """An answer goes; asks unless `sure`."""

    prefix: ClassVar[str] = "wx"
    answer_id: int
    sure: bool = False


@button
class PickAnswer(Button, frozen=True):
    """The answer for the customer to whom I am writing; it is shown before it is sent, which `sure` does."""

    prefix: ClassVar[str] = "wa"
    answer_id: int
    sure: bool = False

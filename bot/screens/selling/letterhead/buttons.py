"""Buttons of what stands above a seller's receipts."""

from enum import StrEnum
from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


class Part(StrEnum):
    """What can be written."""

    ADDRESS = "a"
    VAT_ID = "v"


@button
class OpenLetterhead(Button, frozen=True):
    """What stands there."""

    prefix: ClassVar[str] = "qi"


@button
class WriteLetterhead(Button, frozen=True):
    """I want to write a part of it."""

    prefix: ClassVar[str] = "qk"
    part: Part


@button
class ClearLetterhead(Button, frozen=True):
    """The shop's shall stand there."""

    prefix: ClassVar[str] = "ql"
    part: Part

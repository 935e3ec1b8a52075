"""Buttons of what somebody bought in keys or files."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class ReadKeys(Button, frozen=True):
    """A page of the keys of my order, counted from 0."""

    prefix: ClassVar[str] = "kk"
    order_id: int
    page: int = 0


@button
class SaveKeys(Button, frozen=True):
    """All keys of my order as a file."""

    prefix: ClassVar[str] = "kd"
    order_id: int


@button
class GetFile(Button, frozen=True):
    """A file that I bought."""

    prefix: ClassVar[str] = "kh"
    unit_id: int

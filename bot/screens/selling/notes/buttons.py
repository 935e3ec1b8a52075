"""Buttons of the notes about an order."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenNotes(Button, frozen=True):
    """What we keep in mind about an order of my goods, before a note's id."""

    prefix: ClassVar[str] = "nt"
    order_id: int
    before: int | None = None


@button
class WriteOrderNote(Button, frozen=True):
    """I want to note something about the order, or to write one of its notes anew."""

    prefix: ClassVar[str] = "nq"
    order_id: int
    note_id: int | None = None


@button
class RemoveNote(Button, frozen=True):
    """A note goes; asks unless `sure`."""

    prefix: ClassVar[str] = "nr"
    note_id: int
    sure: bool = False

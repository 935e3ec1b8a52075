"""Buttons of the log."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from shop.people.log import Kind


@button
class OpenLog(Button, frozen=True):
    """What was done, of a kind or by a person, before an event's id."""

    prefix: ClassVar[str] = "lj"
    kind: Kind | None = None
    person_id: int | None = None
    before: int | None = None

"""The keys to the first look of the day, and to the hour at which it comes by itself."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenToday(Button, frozen=True):
    """What came, what waits, what runs out, as it is now."""

    prefix: ClassVar[str] = "td"


@button
class OpenDigest(Button, frozen=True):
    """At which hour the look comes by itself."""

    prefix: ClassVar[str] = "tdh"


@button
class SetDigest(Button, frozen=True):
    """The look shall come every day at this hour; without one, no more."""

    prefix: ClassVar[str] = "tds"
    hour: int | None = None

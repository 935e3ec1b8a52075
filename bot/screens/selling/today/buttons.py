"""The keys to the first look of the day, to the hour at which it comes by itself, and to the hours of quiet."""

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


@button
class OpenQuiet(Button, frozen=True):
    """Between which hours news wait."""

    prefix: ClassVar[str] = "tdq"


@button
class ChooseQuiet(Button, frozen=True):
    """Show the hours at which the quiet may begin, or end."""

    prefix: ClassVar[str] = "tdc"
    ends: bool


@button
class SetQuiet(Button, frozen=True):
    """News shall wait from one hour to another; without hours, no more."""

    prefix: ClassVar[str] = "tdw"
    begins: int | None = None
    ends: int | None = None


@button
class LetOrdersPass(Button, frozen=True):
    """News of orders shall come in quiet hours too, or wait as well."""

    prefix: ClassVar[str] = "tdo"
    passing: bool

"""Buttons of the settings; each says what shall hold."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button
from shop.settings.known import Subject


@button
class OpenSettings(Button, frozen=True):
    """What can be set, by subject; of one subject, each setting with its value."""

    prefix: ClassVar[str] = "zs"
    subject: Subject | None = None


@button
class OpenSetting(Button, frozen=True):
    """One setting: its value and where it comes from; also ends the question about it."""

    prefix: ClassVar[str] = "zo"
    name: str


@button
class WriteSetting(Button, frozen=True):
    """I want to write this setting."""

    prefix: ClassVar[str] = "zw"
    name: str


@button
class SendCover(Button, frozen=True):
    """I want to send the picture of the shop."""

    prefix: ClassVar[str] = "zk"


@button
class SetSwitch(Button, frozen=True):
    """The setting shall be on, or off."""

    prefix: ClassVar[str] = "zb"
    name: str
    on: bool


@button
class SetWay(Button, frozen=True):
    """The way to pay shall be offered, or not."""

    prefix: ClassVar[str] = "zp"
    way: str
    on: bool


@button
class SetChoice(Button, frozen=True):
    """The setting shall be this of its choices."""

    prefix: ClassVar[str] = "zc"
    name: str
    choice: str


@button
class EmptySetting(Button, frozen=True):
    """The setting shall say nothing."""

    prefix: ClassVar[str] = "ze"
    name: str


@button
class LeaveSetting(Button, frozen=True):
    """What the configuration says about this shall hold again."""

    prefix: ClassVar[str] = "zl"
    name: str


@button
class OpenWay(Button, frozen=True):
    """One way to ship, by its id."""

    prefix: ClassVar[str] = "zy"
    way: str


@button
class WriteWay(Button, frozen=True):
    """I want to write this way to ship; without an id, a new one."""

    prefix: ClassVar[str] = "zn"
    way: str | None = None


@button
class RemoveWay(Button, frozen=True):
    """The way to ship shall not be offered any more."""

    prefix: ClassVar[str] = "zr"
    way: str

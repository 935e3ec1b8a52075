"""Buttons of a seller's broadcasts."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class ListBroadcasts(Button, frozen=True):
    """My broadcasts, those before an id."""

    prefix: ClassVar[str] = "wl"
    before: int | None = None


@button
class WriteBroadcast(Button, frozen=True):
    """Ask for the text of a new one."""

    prefix: ClassVar[str] = "ww"


@button
class OpenBroadcast(Button, frozen=True):
    """One of mine, as it stands now."""

    prefix: ClassVar[str] = "wo"
    broadcast_id: int


@button
class OpenPeople(Button, frozen=True):
    """Whom it is for."""

    prefix: ClassVar[str] = "wm"
    broadcast_id: int


@button
class ChoosePart(Button, frozen=True):
    """Its people shall have this in common, or need not."""

    prefix: ClassVar[str] = "wp"
    broadcast_id: int
    part: str
    chosen: bool


@button
class PickBought(Button, frozen=True):
    """Those who bought one of these products."""

    prefix: ClassVar[str] = "wb"
    broadcast_id: int
    after: int | None = None
    before: int | None = None


@button
class TryBroadcast(Button, frozen=True):
    """Send it to me alone."""

    prefix: ClassVar[str] = "wt"
    broadcast_id: int


@button
class StartBroadcast(Button, frozen=True):
    """It shall go out; asked once."""

    prefix: ClassVar[str] = "wg"
    broadcast_id: int


@button
class AskTime(Button, frozen=True):
    """Ask when it shall go out by itself."""

    prefix: ClassVar[str] = "wh"
    broadcast_id: int


@button
class SetTime(Button, frozen=True):
    """Then (minutes since 1970, UTC), or not by itself."""

    prefix: ClassVar[str] = "wc"
    broadcast_id: int
    minute: int | None = None


@button
class SetGoingOut(Button, frozen=True):
    """It shall go on, or go out no more."""

    prefix: ClassVar[str] = "ws"
    broadcast_id: int
    running: bool

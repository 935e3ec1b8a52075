"""Buttons of one's own data."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenPrivacy(Button, frozen=True):
    """What is kept about me."""

    prefix: ClassVar[str] = "pv"


@button
class TakeData(Button, frozen=True):
    """All of it as a file."""

    prefix: ClassVar[str] = "pe"


@button
class DeleteAccount(Button, frozen=True):
    """Delete my account, and my reviews unless `reviews` stay without a name; asked back once unless `sure`."""

    prefix: ClassVar[str] = "pd"
    reviews: bool = True
    sure: bool = False

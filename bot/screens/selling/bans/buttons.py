"""Buttons of those who keep a person away: from their goods, or operators from the whole shop."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenBans(Button, frozen=True):
    """Whom I do not serve, those banned before a ban's id."""

    prefix: ClassVar[str] = "bl"
    before: int | None = None


@button
class AskBan(Button, frozen=True):
    """Show who ordered this, and ask whether to serve them no more."""

    prefix: ClassVar[str] = "bq"
    order_id: int


@button
class AskBanOfWriter(Button, frozen=True):
    """Show who wrote this message, and ask whether to serve them no more."""

    prefix: ClassVar[str] = "bw"
    message_id: int


@button
class SetBanned(Button, frozen=True):
    """The person shall not be served any more, or shall be again."""

    prefix: ClassVar[str] = "bs"
    user_id: int
    banned: bool

"""Buttons of one's own store credit."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenCredit(Button, frozen=True):
    """One's credit: of this account (None: the newest), and its movements before this one."""

    prefix: ClassVar[str] = "c1"
    account_id: int | None = None
    before: int | None = None


@button
class TypeCard(Button, frozen=True):
    """I want to type the code of a gift card; also ends that question."""

    prefix: ClassVar[str] = "c2"

"""Buttons of the addresses."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button

BOOK = 0  # instead of an order, in the form: the address is written down for later


@button
class ListAddresses(Button, frozen=True):
    """A page of them, from 0."""

    prefix: ClassVar[str] = "dl"
    page: int = 0


@button
class OpenAddress(Button, frozen=True):
    """One of them, with what can be done to it."""

    prefix: ClassVar[str] = "do"
    address_id: int


@button
class UseAddress(Button, frozen=True):
    """Let this be the usual one."""

    prefix: ClassVar[str] = "du"
    address_id: int


@button
class WriteAddress(Button, frozen=True):
    """Ask for a new one; or, with an id, for what is right instead of that one."""

    prefix: ClassVar[str] = "dw"
    address_id: int | None = None


@button
class ForgetAddress(Button, frozen=True):
    """Forget it; asked back unless `sure`."""

    prefix: ClassVar[str] = "dx"
    address_id: int
    sure: bool = False

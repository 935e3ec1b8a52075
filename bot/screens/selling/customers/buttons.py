"""Buttons of a customer's card."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenCustomerOf(Button, frozen=True):
    """Who ordered this."""

    prefix: ClassVar[str] = "uo"
    order_id: int


@button
class OpenWriter(Button, frozen=True):
    """Who wrote this message."""

    prefix: ClassVar[str] = "uw"
    message_id: int


@button
class OpenCustomer(Button, frozen=True):
    """A customer's card; also ends the form about it."""

    prefix: ClassVar[str] = "uc"
    user_id: int


@button
class WriteNote(Button, frozen=True):
    """I want to note something about this customer."""

    prefix: ClassVar[str] = "un"
    user_id: int


@button
class ClearNote(Button, frozen=True):
    """Nothing shall be noted about this customer."""

    prefix: ClassVar[str] = "ux"
    user_id: int


@button
class AskBanOf(Button, frozen=True):
    """Show this customer, and ask whether to serve them no more."""

    prefix: ClassVar[str] = "ub"
    user_id: int

"""Buttons of gift cards, and of credit that is given to a customer."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.screens.selling.customers.buttons import OpenCustomer
from bot.sending.button import Button


@button
class ListCards(Button, frozen=True):
    """The cards of the shop, those before this one."""

    prefix: ClassVar[str] = "e1"
    before: int | None = None


@button
class OpenCard(Button, frozen=True):
    """One card."""

    prefix: ClassVar[str] = "e2"
    card_id: int


@button
class DisableCard(Button, frozen=True):
    """Let nobody redeem it; asked back unless `sure`."""

    prefix: ClassVar[str] = "e3"
    card_id: int
    sure: bool = False


@button
class NewCard(Button, frozen=True):
    """I want to issue cards: ask what one is worth."""

    prefix: ClassVar[str] = "e4"


@button
class AskIssue(Button, frozen=True):
    """Show what would be issued: so many of this value (minor units), good for so many years (0: without end)."""

    prefix: ClassVar[str] = "e5"
    value: int
    count: int = 1
    years: int = 0


@button
class IssueCards(Button, frozen=True):
    """Issue them; `stamp` names this wish, however often it is tapped."""

    prefix: ClassVar[str] = "e6"
    value: int
    count: int
    years: int
    stamp: int


@button
class GiveCredit(Button, frozen=True):
    """I want to give this customer credit: ask how much, and why."""

    prefix: ClassVar[str] = "e7"
    user_id: int


@button
class CreditGiven(Button, frozen=True):
    """Yes, give so much (minor units); the reason waits with the question."""

    prefix: ClassVar[str] = "e8"
    user_id: int
    amount: int

    def opens(self) -> Button:
        """The customer."""
        return OpenCustomer(self.user_id)

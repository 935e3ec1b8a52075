"""Buttons of a customer's own orders."""

from dataclasses import dataclass
from typing import ClassVar

from bot.button import Button
from bot.buttons import button


@button
@dataclass(frozen=True, slots=True)
class ListOrders(Button):
    """My orders, those before an order's id; in the message that was tapped."""

    prefix: ClassVar[str] = "o"
    before: int | None = None


@button
@dataclass(frozen=True, slots=True)
class OpenOrder(Button):
    """One of my orders; `card`: the message is the status card, which no menu may replace."""

    prefix: ClassVar[str] = "oo"
    order_id: int
    card: bool = False


@button
@dataclass(frozen=True, slots=True)
class CancelOrder(Button):
    """Cancel my order while it is pending; asked back once unless `sure`."""

    prefix: ClassVar[str] = "oc"
    order_id: int
    card: bool = False
    sure: bool = False


@button
@dataclass(frozen=True, slots=True)
class TellProblem(Button):
    """I want to write to the seller about this order."""

    prefix: ClassVar[str] = "op"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class StopWriting(Button):
    """Never mind: end the form that asks for a text about this order, and show the order."""

    prefix: ClassVar[str] = "ox"
    order_id: int


@button
@dataclass(frozen=True, slots=True)
class LeaveCard(Button):
    """Home in a new message: the card stays."""

    prefix: ClassVar[str] = "oh"

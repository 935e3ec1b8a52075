"""Buttons of a customer who sends goods back."""

from typing import ClassVar

from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.parts.registry import button
from bot.sending.button import Button
from db.models import ReturnReason


@button
class AskReturn(Button, frozen=True):
    """I want to send something of my order back, and am asked what."""

    prefix: ClassVar[str] = "fr"
    order_id: int
    page: int = 0

    def opens(self) -> Button:
        """The order."""
        return OpenOrder(self.order_id)


@button
class PickPieces(Button, frozen=True):
    """Some of this line come back, and I am asked how many."""

    prefix: ClassVar[str] = "fs"
    order_id: int
    item_id: int


@button
class SetPieces(Button, frozen=True):
    """So many of this line come back."""

    prefix: ClassVar[str] = "fq"
    order_id: int
    item_id: int
    units: int


@button
class ChooseReason(Button, frozen=True):
    """Those come back, and I am asked why."""

    prefix: ClassVar[str] = "fn"
    order_id: int


@button
class SetReason(Button, frozen=True):
    """For this reason."""

    prefix: ClassVar[str] = "fy"
    order_id: int
    reason: ReturnReason


@button
class SendReturn(Button, frozen=True):
    """Yes, ask the seller."""

    prefix: ClassVar[str] = "fx"
    order_id: int


@button
class ListReturns(Button, frozen=True):
    """The returns of my order."""

    prefix: ClassVar[str] = "ft"
    order_id: int


@button
class OpenReturn(Button, frozen=True):
    """One of my returns."""

    prefix: ClassVar[str] = "fo"
    return_id: int

    def opens(self) -> Button:
        """Itself."""
        return self


@button
class WithdrawReturn(Button, frozen=True):
    """I keep it after all; asked back once unless `sure`."""

    prefix: ClassVar[str] = "fw"
    return_id: int
    sure: bool = False


@button
class ReturnPhotoShown(Button, frozen=True):
    """A photo that I sent with it, counted from 0."""

    prefix: ClassVar[str] = "fz"
    return_id: int
    place: int = 0

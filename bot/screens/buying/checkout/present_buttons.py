"""Buttons of presents: whether an order is one, and whether the address of who receives it is kept."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


class OfPresent(Button, frozen=True):
    """About the order of the cart's goods of this seller; or, with a product, of that alone (as `BuyNow` names it)."""

    owner_id: int
    product_id: int = 0
    quantity: int = 1
    stamp: int = 0


@button
class AskPresent(OfPresent, frozen=True):
    """Let the order be a present, or see what its message says."""

    prefix: ClassVar[str] = "ug"


@button
class BarePresent(OfPresent, frozen=True):
    """It is a present, without a message."""

    prefix: ClassVar[str] = "up"


@button
class NoPresent(OfPresent, frozen=True):
    """It is no present after all."""

    prefix: ClassVar[str] = "ud"


@button
class KeepReceiver(Button, frozen=True):
    """The address to which a present goes is kept under its receiver's name; or (`no`) used this once."""

    prefix: ClassVar[str] = "au"
    order_id: int
    no: bool = False

"""Buttons of refunds by line; those of whole orders are beside the payments of customers."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class ChooseLine(Button, frozen=True):
    """Choose of which line money shall go back."""

    prefix: ClassVar[str] = "ml"
    order_id: int
    page: int = 0


@button
class ChooseUnits(Button, frozen=True):
    """Choose of how many of its units."""

    prefix: ClassVar[str] = "mu"
    order_id: int
    item_id: int


@button
class RefundLine(Button, frozen=True):
    """For so many of them, which go back into stock with `restock`; asked once, with the sum.

    `credit`: as store credit, not as money.
    """

    prefix: ClassVar[str] = "mx"
    order_id: int
    item_id: int
    units: int
    sure: bool = False
    restock: bool = False
    credit: bool = False

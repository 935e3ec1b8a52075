"""Buttons that lead to receipts."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenReceipt(Button, frozen=True):
    """The receipt of an order that I bought, or whose money I see to."""

    prefix: ClassVar[str] = "qb"
    order_id: int


@button
class SendReceipt(Button, frozen=True):
    """One of its receipts: of the sale, or of a refund."""

    prefix: ClassVar[str] = "qe"
    receipt_id: int

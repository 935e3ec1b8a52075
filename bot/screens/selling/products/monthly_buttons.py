"""The button that sells a download by the month."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class SetMonthly(Button, frozen=True):
    """The product shall be paid every month, or once."""

    prefix: ClassVar[str] = "gm"
    product_id: int
    monthly: bool

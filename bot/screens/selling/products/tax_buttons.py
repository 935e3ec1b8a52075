"""Buttons of a product's class of tax."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenTaxClass(Button, frozen=True):
    """Which class it has, and which it could have."""

    prefix: ClassVar[str] = "q1"
    product_id: int


@button
class SetTaxClass(Button, frozen=True):
    """It shall have this one."""

    prefix: ClassVar[str] = "q2"
    product_id: int
    tax_class: str

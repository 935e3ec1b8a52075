"""Buttons of the cart: each says what the cart shall hold."""

from typing import ClassVar

from bot.screens.parts.registry import button
from bot.sending.button import Button


@button
class OpenCart(Button, frozen=True):
    """The cart; a long one has pages, counted from 0."""

    prefix: ClassVar[str] = "k"
    page: int = 0


@button
class SetQuantity(Button, frozen=True):
    """The cart shall hold so many of this product (0: none); the cart stays on show."""

    prefix: ClassVar[str] = "kq"
    product_id: int
    quantity: int
    page: int = 0


@button
class FitCart(Button, frozen=True):
    """The cart shall hold no more than can be had."""

    prefix: ClassVar[str] = "kf"


@button
class EmptyCart(Button, frozen=True):
    """The cart shall hold nothing; asked back once unless `sure`."""

    prefix: ClassVar[str] = "kx"
    sure: bool = False


@button
class TypeCode(Button, frozen=True):
    """Ask for a promo code."""

    prefix: ClassVar[str] = "vc"


@button
class RemoveCode(Button, frozen=True):
    """The cart shall have no promo code."""

    prefix: ClassVar[str] = "vr"

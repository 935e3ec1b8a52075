"""Buttons of the cart: each says what the cart shall hold."""

from dataclasses import dataclass
from typing import ClassVar

from bot.button import Button
from bot.buttons import button


@button
@dataclass(frozen=True, slots=True)
class OpenCart(Button):
    """The cart; a long one has pages, counted from 0."""

    prefix: ClassVar[str] = "k"
    page: int = 0


@button
@dataclass(frozen=True, slots=True)
class SetQuantity(Button):
    """The cart shall hold so many of this product (0: none); the cart stays on show."""

    prefix: ClassVar[str] = "kq"
    product_id: int
    quantity: int
    page: int = 0


@button
@dataclass(frozen=True, slots=True)
class FitCart(Button):
    """The cart shall hold no more than can be had."""

    prefix: ClassVar[str] = "kf"


@button
@dataclass(frozen=True, slots=True)
class EmptyCart(Button):
    """The cart shall hold nothing; asked back once unless `sure`."""

    prefix: ClassVar[str] = "kx"
    sure: bool = False

"""The keys of those who sell, on the first screen."""

from bot.screens.selling.admins.buttons import OpenSellers
from bot.screens.selling.products.buttons import (
    AddProduct,
    OpenProducts,
)
from bot.sending.reply import Key, Keyboard
from bot.words import Words


def staff_rows(words: Words, *, is_operator: bool) -> Keyboard:
    """The rows of the first screen for those who sell, and for operators."""
    rows = ((Key(words.plain("🏷 My products"), OpenProducts()), *_adding(words)),)
    return (*rows, (Key(words.plain("👥 Sellers"), OpenSellers()),)) if is_operator else rows


def _adding(words: Words) -> tuple[Key, ...]:
    return (Key(words.plain("+ Add a product"), AddProduct()),)

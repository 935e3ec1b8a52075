"""Copying a product: the question, and the key that makes one copy of what is seen."""

from datetime import UTC, datetime, timedelta

from bot.screens.parts import ways
from bot.screens.selling.products.buttons import DuplicateProduct, OpenOwned
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Product
from shop.products.owned import OwnedProduct

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = 4_000_000_000_000_000  # microseconds: the year 2096; a forged key may say more


def sure_to_copy(words: Words, item: OwnedProduct) -> Screen:
    """What a copy will be."""
    text = words(
        "⧉ <b>Duplicate {name}?</b>\n\nThe copy is a draft without stock, with the same picture and variants. Change "
        "it, then publish it.",
        name=item.product.name,
    )
    key = Key(words.plain("⧉ Duplicate"), copying(item.product), style="primary")
    return Screen(text, ((key,), (ways.back(words, OpenOwned(item.product.id)),)))


def copying(product: Product) -> DuplicateProduct:
    """The key that makes one copy of what is seen now."""
    return DuplicateProduct(product.id, (product.updated_at - EPOCH) // timedelta(microseconds=1))


def as_moment(seen: int) -> datetime:
    """The moment that the key of a copy holds."""
    return EPOCH + timedelta(microseconds=max(0, min(seen, LATEST)))

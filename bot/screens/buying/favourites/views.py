"""What a person likes, and what they hear of it."""

from collections.abc import Sequence

from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct, Origin
from bot.screens.buying.favourites.buttons import OpenFavourites
from bot.screens.buying.news.buttons import WantKind
from bot.screens.parts import ways
from bot.screens.parts.goods import product_label
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.catalog import ProductCard, ProductSummary
from shop.people.optouts import FAVOURITES


def favourites(words: Words, items: Sequence[ProductSummary], page: int, *, more: bool, refused: bool) -> Screen:
    """A page of them; `refused`: they want no news of these."""
    text = words("♥ <b>Your favourites</b>")
    if not items:
        text += "\n\n" + words("Nothing here yet. Tap ♡ on a product, and we tell you when it is cheaper, or back.")
    bell = words.plain("🔔 Tell me news of these") if refused else words.plain("🔕 No news of these")
    rows = [(Key(product_label(words, item), OpenProduct(item.id, Origin.FAVOURITES, page)),) for item in items]
    turns = ways.pages(words, OpenFavourites(page - 1) if page else None, OpenFavourites(page + 1) if more else None)
    news = (Key(bell, WantKind(FAVOURITES, wanted=refused)),) if items or refused else ()
    return Screen(text, (*rows, turns, news, (Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words))))


def cheaper(words: Words, card: ProductCard, old: int) -> Screen:
    """It costs less than the person knows."""
    text = words(
        "♥ <b>{product}</b> is cheaper: <s>{old}</s> {new}",
        product=card.name,
        old=words.money(old, card.currency),
        new=words.money(card.price, card.currency),
    )
    return Screen(text, _keys(words, card))


def back(words: Words, card: ProductCard) -> Screen:
    """It was sold out, and is not any more."""
    price = words.money(card.price, card.currency)
    return Screen(words("♥ <b>{product}</b> is back, for {price}.", product=card.name, price=price), _keys(words, card))


def _keys(words: Words, card: ProductCard) -> tuple[tuple[Key, ...], ...]:
    to = Key(words.plain("🛍 To the product"), OpenProduct(card.id))
    return (to,), (Key(words.plain("🔕 No news of these"), WantKind(FAVOURITES, wanted=False)),)

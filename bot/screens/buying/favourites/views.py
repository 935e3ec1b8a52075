"""What a person likes, and what they hear of it."""

from collections.abc import Sequence

from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct, Origin
from bot.screens.buying.favourites.buttons import OpenFavourites
from bot.screens.buying.news.buttons import OpenSwitches, WantKind
from bot.screens.parts import ways
from bot.screens.parts.goods import product_label
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.catalog import ProductCard, ProductSummary
from shop.people.optouts import BACK, CHEAPER


def favourites(words: Words, items: Sequence[ProductSummary], page: int, *, more: bool) -> Screen:
    """A page of them."""
    text = words("♥ <b>Your favourites</b>")
    if not items:
        text += "\n\n" + words("Nothing here yet. Tap ♡ on a product, and we tell you when it is cheaper, or back.")
    rows = [(Key(product_label(words, item), OpenProduct(item.id, Origin.FAVOURITES, page)),) for item in items]
    turns = ways.pages(words, OpenFavourites(page - 1) if page else None, OpenFavourites(page + 1) if more else None)
    news = (Key(words.plain("🔔 News you get"), OpenSwitches()),)
    return Screen(text, (*rows, turns, news, (Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words))))


def cheaper(words: Words, card: ProductCard, old: int) -> Screen:
    """It costs less than the person knows."""
    text = words(
        "♥ <b>{product}</b> is cheaper: <s>{old}</s> {new}",
        product=card.said_in(words.language).name,
        old=words.money(old, card.currency),
        new=words.money(card.price, card.currency),
    )
    return Screen(text, _keys(words, card, CHEAPER))


def back(words: Words, card: ProductCard) -> Screen:
    """It was sold out, and is not any more."""
    price = words.money(card.price, card.currency)
    name = card.said_in(words.language).name
    said = words("♥ <b>{product}</b> is back, for {price}.", product=name, price=price)
    return Screen(said, _keys(words, card, BACK))


def _keys(words: Words, card: ProductCard, kind: str) -> tuple[tuple[Key, ...], ...]:
    to = Key(words.plain("🛍 To the product"), OpenProduct(card.id))
    return (to,), (Key(words.plain("🔕 No news of these"), WantKind(kind, wanted=False)),)

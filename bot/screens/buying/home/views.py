"""The first screen."""

from collections.abc import Sequence

from bot.screens.buying.cart.buttons import OpenCart
from bot.screens.buying.catalogue.buttons import OpenCategory, OpenSearch
from bot.screens.buying.favourites.buttons import OpenFavourites
from bot.screens.buying.home.buttons import ChooseLanguage, OpenHelp
from bot.screens.buying.orders.buttons import ListOrders
from bot.screens.parts import ways
from bot.sending.reply import Key, Keyboard, Photo, Screen
from bot.words import Html, Words


def home(
    words: Words,
    *,
    name: str,
    shop_name: str,
    says: Sequence[Html] = (),
    units: int,
    waiting: Keyboard = (),
    more: Keyboard = (),
    cover: Photo | None = None,
) -> Screen:
    """Greets by name; `units` in the cart; `cover` is the picture of the shop.

    `says` are paragraphs of the shop's own.
    `waiting` are rows for what the person began and left, `more` those for who sells.
    """
    hello = words("👋 Hello, {name}.", name=name) if name else words("👋 Hello.")
    text = words("{hello}\n\nWelcome to <b>{shop}</b>. What would you like?", hello=hello, shop=shop_name)
    if says:
        text = Html("\n\n").join([words("{hello}\n\nWelcome to <b>{shop}</b>.", hello=hello, shop=shop_name), *says])
    cart = words.plain("🛒 Cart ({n})", n=words.number(units)) if units else words.plain("🛒 Cart")
    return Screen(
        text,
        (
            *waiting,
            (Key(words.plain("🛍 Catalogue"), OpenCategory(None)), Key(words.plain("🔍 Search"), OpenSearch())),
            (Key(cart, OpenCart()), Key(words.plain("📦 My orders"), ListOrders())),
            (Key(words.plain("♡ Favourites"), OpenFavourites()), Key(words.plain("💬 Help"), OpenHelp())),
            *more,
        ),
        photo=cover,
    )


def languages_screen(words: Words, languages: tuple[str, ...]) -> Screen:
    """Which language to speak."""
    rows = tuple(
        (Key(("● " if language == words.language else "") + words.name_of(language), ChooseLanguage(language)),)
        for language in languages
    )
    return Screen(words("🌐 Which language shall I speak?"), (*rows, (ways.back(words, OpenHelp()),)))

"""What a search found."""

from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct, OpenResults, Origin
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.buying.orders.buttons import ListOrders
from bot.screens.parts import ways
from bot.screens.parts.goods import product_label
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import Words
from shop.catalog import ProductPage


def ask(words: Words) -> Screen:
    """How to search: by writing."""
    return Screen(
        words("🔍 What are you looking for? Write a word or two."),
        ((Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.back(words, OpenHome())),),
    )


def results(words: Words, query: str, page: ProductPage) -> Screen:
    """A page of what was found."""
    previous = OpenResults(query, before=page.first_id) if page.has_previous else None
    following = OpenResults(query, after=page.last_id) if page.has_next else None
    return Screen(
        words("🔍 Found for “{query}”:", query=query),
        (*_products(words, query, page), ways.pages(words, previous, following), (ways.home(words),)),
    )


def nothing(words: Words, query: str, meant: ProductPage, asking: Keyboard = ()) -> Screen:
    """Nothing was found: what was perhaps meant, and `asking`, the keys that send it to a seller instead."""
    text = words("🔍 Nothing found for “{query}”.", query=query)
    if meant.items:
        more = words("Did you mean:")
    else:
        more = words("Try another word, or send it to the seller.") if asking else words("Try another word.")
    return Screen(
        f"{text} {more}",
        (
            *_products(words, query, meant),
            *asking,
            (Key(words.plain("🛍 Catalogue"), OpenCategory(None)), Key(words.plain("📦 My orders"), ListOrders())),
            (ways.home(words),),
        ),
    )


def _products(words: Words, query: str, page: ProductPage) -> tuple[tuple[Key, ...], ...]:
    start = page.first_id - 1 if page.first_id is not None and page.has_previous else None
    return tuple(
        (Key(product_label(words, item), OpenProduct(item.id, Origin.SEARCH, start, query)),) for item in page.items
    )

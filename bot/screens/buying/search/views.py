"""What a search found."""

from bot.screens.buying.catalogue.buttons import ChooseView, OpenCategory, OpenProduct, OpenResults, Origin
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.buying.orders.buttons import ListOrders
from bot.screens.parts import listing, ways
from bot.screens.parts.goods import product_label
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import Words
from shop.catalog import ProductPage
from shop.catalog.views import USUAL, View


def ask(words: Words) -> Screen:
    """How to search: by writing."""
    return Screen(
        words("🔍 What are you looking for? Write a word or two."),
        ((Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.back(words, OpenHome())),),
    )


def results(words: Words, query: str, page: ProductPage, *, written: str = "", view: View = USUAL) -> Screen:
    """A page of what was found; `written` is what found nothing, where that was not the query."""
    packed = listing.packed(view, query) or ""
    previous = OpenResults(packed, before=page.first_id) if page.has_previous else None
    following = OpenResults(packed, after=page.last_id) if page.has_next else None
    text = words("🔍 Found for “{query}”:", query=query)
    if written:
        text = words("🔍 Nothing found for “{query}”. Did you mean “{other}”?", query=written, other=query)
    if not view.is_usual:
        text += "\n" + words("↕️ {how}", how=listing.said(words, view, of_search=True))
    if view.filters and not page.items:
        text += "\n\n" + words("Nothing here is like that.")
    chosen = (Key(words.plain("↕️ Sort and filter"), ChooseView(query=packed)),)
    turned = chosen if previous or following or not view.is_usual else ()
    return Screen(
        text, (*_products(words, packed, page), ways.pages(words, previous, following), turned, (ways.home(words),))
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
    start = -page.first_id if page.first_id is not None and page.has_previous else None
    return tuple(
        (Key(product_label(words, item), OpenProduct(item.id, Origin.SEARCH, start, query)),) for item in page.items
    )

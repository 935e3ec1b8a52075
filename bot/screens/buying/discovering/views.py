"""Lists beside the shelves."""

from collections.abc import Sequence

from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct, Origin
from bot.screens.buying.discovering.buttons import ForgetViewed, OpenArrivals, OpenViewed
from bot.screens.parts import ways
from bot.screens.parts.goods import product_label
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import Words
from shop.catalog import ProductCard, ProductPage, ProductSummary


def arrivals(words: Words, page: ProductPage) -> Screen:
    """A page of the newest products."""
    start = -page.first_id if page.first_id is not None and page.has_previous else None
    turns = ways.pages(
        words,
        OpenArrivals() if page.has_previous else None,
        OpenArrivals(page.last_id) if page.has_next else None,
    )
    text = words("🆕 <b>New arrivals</b>")
    if not page.items:
        text += "\n\n" + words("Nothing on this shelf yet.")
    return Screen(text, (*_products(words, page.items, Origin.ARRIVALS, start), turns, _onward(words)))


def viewed(words: Words, items: Sequence[ProductSummary], page: int, *, more: bool) -> Screen:
    """What the person looked at, the last one first."""
    text = words("🕘 <b>You looked at</b>")
    if not items:
        text += "\n\n" + words("Nothing yet. What you look at is kept here for you alone.")
    turns = ways.pages(words, OpenViewed(page - 1) if page else None, OpenViewed(page + 1) if more else None)
    forget = (Key(words.plain("🗑 Forget these"), ForgetViewed()),) if items else ()
    return Screen(text, (*_products(words, items, Origin.VIEWED, page), turns, forget, _onward(words)))


def together(words: Words, card: ProductCard, items: Sequence[ProductSummary]) -> Screen:
    """What is often bought with a product."""
    text = words("🤝 Often bought with <b>{name}</b>:", name=card.name)
    if not items:
        text = words("🤝 Nothing that is often bought with <b>{name}</b> can be had now.", name=card.name)
    back = (ways.back(words, OpenProduct(card.id)), ways.home(words))
    return Screen(text, (*_products(words, items, Origin.TOGETHER, card.id), back))


def _products(words: Words, items: Sequence[ProductSummary], origin: Origin, after: int | None) -> Keyboard:
    return tuple((Key(product_label(words, item), OpenProduct(item.id, origin, after)),) for item in items)


def _onward(words: Words) -> tuple[Key, ...]:
    return (Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words))

"""How a list is looked at, as keys carry it: two letters before what was searched for ("|u1tea"), and its words."""

from bot.words import Words
from shop.catalog.views import USUAL, Sort, View, read_view

MARK = "|"  # in no query: bot/screens/parts/queries.py takes it out


def packed(view: View, query: str | None) -> str | None:
    """What a key carries; the query alone where nobody chose anything."""
    return query if view.is_usual else f"{MARK}{view.pack()}{query or ''}"


def unpacked(text: str | None) -> tuple[View, str | None]:
    """The view and the query of a key."""
    if text is None or not text.startswith(MARK):
        return USUAL, text
    return read_view(text[1:3]), text[3:] or None


def name_of(words: Words, sort: Sort, *, of_search: bool) -> str:
    """An order in words."""
    usual = words.plain("Best match first") if of_search else words.plain("Oldest first")
    return {
        Sort.USUAL: usual,
        Sort.NEWEST: words.plain("Newest first"),
        Sort.CHEAPEST: words.plain("Cheapest first"),
        Sort.DEAREST: words.plain("Dearest first"),
        Sort.RATED: words.plain("Best rated first"),
        Sort.SOLD: words.plain("Most bought first"),
    }[sort]


def said(words: Words, view: View, *, of_search: bool) -> str:
    """What was chosen, on a line; nothing where nobody did."""
    parts = [] if view.sort is Sort.USUAL else [name_of(words, view.sort, of_search=of_search)]
    parts += [words.plain("on sale")] if view.on_sale else []
    parts += [words.plain("in stock")] if view.in_stock else []
    return " · ".join(parts)

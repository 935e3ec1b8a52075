"""Choosing how a list is looked at: its order, and what is left out of it."""

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.catalogue.buttons import ChooseView, OpenCategory, OpenResults
from bot.screens.parts import listing, ways
from bot.sending.button import Button
from bot.sending.reply import Key, Reply, Screen
from bot.words import Words
from shop.catalog.views import Sort, View, read_view

router = Router()


@router.button(ChooseView)
async def choose_view(visit: Visit, pressed: ChooseView) -> Reply:
    """The ways to look at it; each key shows the list at once."""
    if pressed.query is None:
        return choices(visit.words, read_view(pressed.view), pressed.category_id)
    view, query = listing.unpacked(pressed.query)
    return choices(visit.words, view, None, query or "")


def choices(words: Words, view: View, category_id: int | None, query: str | None = None) -> Screen:
    """A key for each order and each filter; what holds is marked."""

    def to(other: View) -> Button:
        if query is not None:
            return OpenResults(listing.packed(other, query) or "")
        return OpenCategory(category_id, view=None if other.is_usual else other.pack())

    def order(sort: Sort) -> Key:
        mark = "● " if view.sort is sort else ""
        return Key(mark + listing.name_of(words, sort, of_search=query is not None), to(replace(view, sort=sort)))

    on_sale = Key(
        ("☑ " if view.on_sale else "☐ ") + words.plain("On sale"), to(replace(view, on_sale=not view.on_sale))
    )
    in_stock = Key(
        ("☑ " if view.in_stock else "☐ ") + words.plain("In stock"), to(replace(view, in_stock=not view.in_stock))
    )
    return Screen(
        words("↕️ In which order, and which of them?"),
        (
            (order(Sort.USUAL), order(Sort.NEWEST)),
            (order(Sort.CHEAPEST), order(Sort.DEAREST)),
            (order(Sort.RATED), order(Sort.SOLD)),
            (on_sale, in_stock),
            (ways.back(words, to(view)), ways.home(words)),
        ),
    )

"""Shelves: the tree of categories and pages of products."""

from bot.screens.buying.catalogue.buttons import ChooseView, OpenCategory, OpenProduct, OpenShelves, Origin
from bot.screens.buying.discovering.buttons import OpenArrivals, OpenViewed
from bot.screens.buying.sharing.buttons import Shared, ShareIt
from bot.screens.parts import listing, ways
from bot.screens.parts.goods import product_label
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.catalog import CategoryCard, ProductPage
from shop.catalog.views import USUAL, Sort, View

ABOVE = 600  # UTF-16 units of the names above: a deep tree must not push the category's own name off the message
SHELVES = 20  # categories on one page
EMPTY = ProductPage((), has_previous=False, has_next=False)


def category(
    words: Words,
    path: tuple[CategoryCard, ...],
    children: tuple[CategoryCard, ...],
    page: ProductPage,
    *,
    at: int | None = None,
    view: View = USUAL,
) -> Screen:
    """One category (an empty path is the top): the categories in it first, then its products.

    Very many categories take pages of their own, the one with the category `at` on show; products follow the last.
    More products than fit on a page can be looked at in another `view`.
    """
    language = words.language
    path = tuple(card.said_in(language) for card in path)
    here = path[-1] if path else None
    places = [child.id for child in children]
    first = (places.index(at) if at in places else 0) // SHELVES * SHELVES
    beyond = first + SHELVES
    shelves = _shelf_pages(words, here, places, first)
    if beyond < len(children):
        page = EMPTY
    rows = [(Key(f"📁 {child.said_in(language).name}", OpenCategory(child.id)),) for child in children[first:beyond]]
    leave_out = page.has_previous or first > 0  # the way back from a product leads past the categories before it
    start = _start(page.first_id, view) if page.first_id is not None and leave_out else None
    way = listing.packed(view, None)
    rows += [
        (Key(product_label(words, item), OpenProduct(item.id, Origin.CATEGORY, start, way)),) for item in page.items
    ]
    here_id, packed = here.id if here else None, None if view.is_usual else view.pack()
    previous = OpenCategory(here_id, before=page.first_id, view=packed) if page.has_previous else None
    following = OpenCategory(here_id, after=page.last_id, view=packed) if page.has_next else None
    chosen = (Key(words.plain("↕️ Sort and filter"), ChooseView(here_id, packed)),)
    turned = chosen if previous or following or not view.is_usual else ()
    beside = (Key(words.plain("🆕 New arrivals"), OpenArrivals()), Key(words.plain("🕘 Looked at"), OpenViewed()))
    way_back = (
        (
            ways.back(words, OpenShelves(here.parent_id, here.id)),
            Key("↗️", ShareIt(Shared.CATEGORY, here.id)),
            ways.home(words),
        )
        if here
        else (ways.home(words),)
    )
    turns = ways.pages(words, previous, following)
    keyboard = (*rows, shelves, turns, turned, *(() if here else (beside,)), way_back)
    heading = _heading(words, path, empty=not children and not page.items and not view.filters)
    if not view.is_usual:
        heading += "\n" + words("↕️ {how}", how=listing.said(words, view, of_search=False))
    if view.filters and not page.items:
        heading += "\n\n" + words("Nothing here is like that.")
    return Screen(heading, keyboard)


def _start(first_id: int, view: View) -> int:
    """The way back to a page: after which product it begins; below zero where it is named by its own first product."""
    if view.filters or view.sort not in {Sort.USUAL, Sort.NEWEST}:
        return -first_id
    return first_id + 1 if view.sort is Sort.NEWEST else first_id - 1


def _shelf_pages(words: Words, here: CategoryCard | None, places: list[int], first: int) -> tuple[Key, ...]:
    here_id = here.id if here else None
    before = OpenShelves(here_id, places[first - SHELVES]) if first else None
    behind = OpenShelves(here_id, places[first + SHELVES]) if first + SHELVES < len(places) else None
    return ways.pages(words, before, behind)


def _heading(words: Words, path: tuple[CategoryCard, ...], *, empty: bool) -> str:
    if not path:
        title = words("🛍 <b>Catalogue</b>")
    elif len(path) == 1:
        title = words("🛍 <b>{name}</b>", name=path[0].name)
    else:
        above = fit_plain(" › ".join(card.name for card in path[:-1]), ABOVE)
        title = words("🛍 {above} › <b>{name}</b>", above=above, name=path[-1].name)
    if empty:
        return f"{title}\n\n{words('Nothing on this shelf yet.')}"
    return title

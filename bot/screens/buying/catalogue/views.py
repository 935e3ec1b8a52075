"""Shelves: the tree of categories and pages of products."""

from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct, OpenShelves, Origin
from bot.screens.parts import ways
from bot.screens.parts.goods import product_label
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.catalog import CategoryCard, ProductPage

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
    newest: bool = False,
) -> Screen:
    """One category (an empty path is the top): the categories in it first, then its products.

    Very many categories take pages of their own, the one with the category `at` on show; products follow the last.
    More products than fit on a page come oldest first, or the `newest`.
    """
    here = path[-1] if path else None
    places = [child.id for child in children]
    first = (places.index(at) if at in places else 0) // SHELVES * SHELVES
    beyond = first + SHELVES
    shelves = _shelf_pages(words, here, places, first)
    if beyond < len(children):
        page = EMPTY
    rows = [(Key(f"📁 {child.name}", OpenCategory(child.id)),) for child in children[first:beyond]]
    leave_out = page.has_previous or first > 0  # the way back from a product leads past the categories before it
    step = 1 if newest else -1
    start = page.first_id + step if page.first_id is not None and leave_out else None
    origin = Origin.NEWEST if newest else Origin.CATEGORY
    rows += [(Key(product_label(words, item), OpenProduct(item.id, origin, start)),) for item in page.items]
    here_id = here.id if here else None
    previous = OpenCategory(here_id, before=page.first_id, newest=newest) if page.has_previous else None
    following = OpenCategory(here_id, after=page.last_id, newest=newest) if page.has_next else None
    other = words.plain("↕️ Oldest first") if newest else words.plain("↕️ Newest first")
    turned = (Key(other, OpenCategory(here_id, newest=not newest)),) if previous or following else ()
    way_back = (
        (ways.back(words, OpenShelves(here.parent_id, here.id)), ways.home(words)) if here else (ways.home(words),)
    )
    keyboard = (*rows, shelves, ways.pages(words, previous, following), turned, way_back)
    return Screen(_heading(words, path, empty=not children and not page.items), keyboard)


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

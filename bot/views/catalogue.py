"""Shelves: the tree of categories and pages of products."""

from bot.buttons.catalogue import OpenCategory, OpenProduct, OpenSearch, Origin
from bot.reply import Key, Screen
from bot.views import ways
from bot.words import Words
from shop.catalog import CategoryCard, ProductPage, ProductSummary

NAME = 26  # characters of a name on a key, so that the price stays in sight
EMPTY = ProductPage((), has_previous=False, has_next=False)


def category(
    words: Words, path: tuple[CategoryCard, ...], children: tuple[CategoryCard, ...], page: ProductPage
) -> Screen:
    """One category (an empty path is the top): the categories in it first, then its products."""
    here = path[-1] if path else None
    rows = [(Key(f"📁 {child.name}", OpenCategory(child.id)),) for child in children]
    start = page.first_id - 1 if page.first_id is not None and page.has_previous else None
    rows += [(Key(product_label(words, item), OpenProduct(item.id, Origin.CATEGORY, start)),) for item in page.items]
    here_id = here.id if here else None
    previous = OpenCategory(here_id, before=page.first_id) if page.has_previous else None
    following = OpenCategory(here_id, after=page.last_id) if page.has_next else None
    way_back = (ways.back(words, OpenCategory(here.parent_id)), ways.home(words)) if here else (ways.home(words),)
    keyboard = (*rows, ways.pages(words, previous, following), way_back)
    return Screen(_heading(words, path, empty=not children and not page.items), keyboard)


def _heading(words: Words, path: tuple[CategoryCard, ...], *, empty: bool) -> str:
    if not path:
        title = words("🛍 <b>Catalogue</b>")
    elif len(path) == 1:
        title = words("🛍 <b>{name}</b>", name=path[0].name)
    else:
        above = " › ".join(card.name for card in path[:-1])
        title = words("🛍 {above} › <b>{name}</b>", above=above, name=path[-1].name)
    if empty:
        return f"{title}\n\n{words('Nothing on this shelf yet.')}"
    return title


def product_label(words: Words, item: ProductSummary) -> str:
    """A product on a key: its name, its price, and whether it is sold out."""
    name = item.name if len(item.name) <= NAME else item.name[: NAME - 1].rstrip() + "…"
    price = words.money(item.price, item.currency)
    if item.available <= 0:
        return words.plain("{name} · sold out", name=name)
    if item.from_price:
        return words.plain("{name} · from {price}", name=name, price=price)
    return words.plain("{name} · {price}", name=name, price=price)


def search_key(words: Words) -> Key:
    """To the search."""
    return Key(words.plain("🔍 Search"), OpenSearch())

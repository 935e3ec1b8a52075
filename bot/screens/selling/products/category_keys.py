"""The tree of categories as keys, a page of a level at a time: what has others below opens, the others are chosen."""

from collections.abc import Callable

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from bot.screens.parts import ways
from bot.sending.button import Button
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key
from bot.words import Words
from shop.catalog.cards import OPTION_SEPARATOR, CategoryCard
from shop.catalog.categories import category_path, list_categories

PAGE = 8  # categories on one screen
LABEL = 60  # characters of a path on a key

Rows = tuple[tuple[Key, ...], ...]


class Level(Struct, frozen=True):
    """A page of what is right below a category; `path` leads to it from the top and is empty there."""

    path: tuple[CategoryCard, ...]
    cards: tuple[CategoryCard, ...]
    page: int
    more: bool


async def level(session: AsyncSession, below: int = 0, page: int = 0) -> Level:
    """Read a page; two statements, or one at the top. What is gone is the top."""
    path = await category_path(session, below) if below else ()
    above, page = (path[-1].id, max(page, 0)) if path else (None, 0 if below else max(page, 0))
    cards = await list_categories(session, above, include_empty=True, limit=PAGE + 1, offset=page * PAGE)
    return Level(path, cards[:PAGE], page, len(cards) > PAGE)


def keys(words: Words, it: Level, *, pick: Callable[[int], Button], turn: Callable[[int, int], Button]) -> Rows:
    """The level as keys: `pick` takes a category's id, `turn` the one to look below (0: the top) and a page."""
    here = it.path[-1].id if it.path else 0
    rows: list[tuple[Key, ...]] = []
    if it.path:
        called = fit_plain(OPTION_SEPARATOR.join(card.name for card in it.path), LABEL)
        above = it.path[-2].id if len(it.path) > 1 else 0
        rows.append((Key(f"✓ {called}", pick(here)), Key("⤴", turn(above, 0))))
    rows += [
        (Key(f"{fit_plain(card.name, LABEL)} ›", turn(card.id, 0)),)
        if card.has_children
        else (Key(fit_plain(card.name, LABEL), pick(card.id)),)
        for card in it.cards
    ]
    previous = turn(here, it.page - 1) if it.page else None
    following = turn(here, it.page + 1) if it.more else None
    return tuple(row for row in (*rows, ways.pages(words, previous, following)) if row)

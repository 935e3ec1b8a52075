"""Lists in another order than their own, and filtered: pages of at most a few rows an index, whatever is combined."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Listing, Product
from shop.catalog import searching
from shop.catalog.cards import ProductPage
from shop.catalog.offered import is_offered
from shop.catalog.reading import pick
from shop.catalog.views import Sort, View

MOST_SORTED = 200  # of what a search finds best: that many are put into another order
BOTH = (False, True)
_KEYS: dict[Sort, tuple[Any, bool]] = {  # what a list is sorted by, and whether the largest comes first
    Sort.USUAL: (Listing.product_id, False),
    Sort.NEWEST: (Listing.product_id, True),
    Sort.CHEAPEST: (Listing.price, False),
    Sort.DEAREST: (Listing.price, True),
    Sort.RATED: (Listing.rating, True),
    Sort.SOLD: (Listing.sold, True),
}


async def list_sorted(
    session: AsyncSession,
    category_id: int | None,
    view: View,
    *,
    after_id: int | None = None,
    before_id: int | None = None,
    limit: int = 6,
    now: datetime,
) -> ProductPage:
    """A page of a category (None: of what is in none); `after_id` below zero: the page that begins with that product.

    At most four queries. A page that became empty meanwhile is answered with the first page.
    """
    column, largest_first = _KEYS[view.sort]
    anchor = before_id if before_id is not None else after_id
    key = None
    if anchor is not None:
        key = await session.scalar(select(column).where(Listing.product_id == abs(anchor)))
        if key is None:
            return await list_sorted(session, category_id, view, limit=limit, now=now)
    down = largest_first != (before_id is not None)
    ranges = [
        part
        for in_stock in ((True,) if view.in_stock else BOTH)
        for on_sale in ((True,) if view.on_sale else BOTH)
        for part in _ranges(column, _in(category_id, in_stock=in_stock, on_sale=on_sale), anchor, key, down=down)
    ]
    parts = [select(_ordered(part, column, down=down).limit(limit + 1).subquery()) for part in ranges]
    merged = union_all(*parts).subquery()
    order = [merged.c.key.desc(), merged.c.product_id.desc()] if down else [merged.c.key, merged.c.product_id]
    ids = list(await session.scalars(select(merged.c.product_id).order_by(*order).limit(limit + 1)))
    if not ids and anchor is not None:
        return await list_sorted(session, category_id, view, limit=limit, now=now)
    return await _page(session, ids, backwards=before_id is not None, begun=anchor is not None, limit=limit, now=now)


async def search_sorted(
    session: AsyncSession,
    text: str,
    view: View,
    *,
    after_id: int | None = None,
    before_id: int | None = None,
    limit: int = 6,
    now: datetime,
) -> ProductPage:
    """The best answers to a search in another order, or some of them; pages as with `list_sorted`."""
    answers = select(Product.id).where(Product.parent_id.is_(None), is_offered())
    found = [row[0] for row in await searching.answering(session, answers, text, limit=MOST_SORTED)]
    query = select(Listing).where(Listing.product_id.in_(found))
    listed = {one.product_id: one for one in await session.scalars(query)} if found else {}
    rows = [listed[number] for number in found if number in listed]
    rows = [one for one in rows if one.in_stock >= view.in_stock and one.on_sale >= view.on_sale]
    column, largest_first = _KEYS[view.sort]
    if view.sort is not Sort.USUAL:
        rows.sort(key=lambda one: (getattr(one, column.key), one.product_id), reverse=largest_first)
    ids = [one.product_id for one in rows]
    backwards, anchor = before_id is not None, before_id if before_id is not None else after_id
    place = ids.index(abs(anchor)) if anchor is not None and abs(anchor) in ids else None
    if place is None:
        return await _page(session, ids[: limit + 1], backwards=False, begun=False, limit=limit, now=now)
    if backwards:
        before = ids[max(place - limit - 1, 0) : place][::-1]
        return await _page(session, before, backwards=True, begun=True, limit=limit, now=now)
    start = place if (anchor or 0) < 0 else place + 1
    return await _page(session, ids[start:][: limit + 1], backwards=False, begun=start > 0, limit=limit, now=now)


async def _page(
    session: AsyncSession, ids: Sequence[int], *, backwards: bool, begun: bool, limit: int, now: datetime
) -> ProductPage:
    """The page of these products, of which one more than fits was asked for; what is gone is left out."""
    more, shown = len(ids) > limit, list(ids[:limit])
    if backwards:
        shown.reverse()
    items = await pick(session, shown, now=now) if shown else ()
    return ProductPage(items, has_previous=more if backwards else begun, has_next=backwards or more)


def _in(category_id: int | None, *, in_stock: bool, on_sale: bool) -> list[ColumnElement[bool]]:
    return [
        Listing.category_id == (category_id or 0),
        Listing.in_stock.is_(True) if in_stock else Listing.in_stock.is_(False),
        Listing.on_sale.is_(True) if on_sale else Listing.on_sale.is_(False),
    ]


def _ranges(
    column: Any, where: list[ColumnElement[bool]], anchor: int | None, key: Any, *, down: bool
) -> list[Select[Any, Any]]:
    """What follows a product: the rest of those that are equal to it, and those beyond; one look at an index each."""
    query = select(Listing.product_id, column.label("key")).where(*where)
    if anchor is None:
        return [query]
    number, edge = Listing.product_id, abs(anchor)
    beyond = number < edge if down else number > edge
    if anchor < 0:
        beyond = number <= edge if down else number >= edge
    if column is Listing.product_id:
        return [query.where(beyond)]
    return [query.where(column == key, beyond), query.where(column < key if down else column > key)]


def _ordered(query: Select[Any, Any], column: Any, *, down: bool) -> Select[Any, Any]:
    columns = [column, Listing.product_id] if column is not Listing.product_id else [column]
    return query.order_by(*(one.desc() if down else one for one in columns))

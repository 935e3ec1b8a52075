"""A read model of what customers browse: kept in memory until it changes, and never asked about stock or money.

Every change of a product or its stock carries the moment it was made (`updated_at`). A process looks once a second
which rows changed since, whoever changed them, and brings what it kept of those up to date. Whoever changes the tree of
categories leaves the moment in its queue; at another moment than the one seen last, everything is forgotten. So a
screen may be a second or two old (a minute, where a replica's clock is more than five seconds behind). What this
process changes itself counts at once, when the change is committed, and a sale begins and ends on time by the clock,
which is no change of a row.
Checkout, cart and payment read the database, always.
"""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import Changes
from db.models import Inventory, Lease, Product
from db.session import Database
from db.types import UTCDateTime
from shop.catalog import reading
from shop.catalog.cards import CategoryCard, ProductCard, ProductPage
from shop.catalog.categories import TREE, list_categories, shown_path
from shop.catalog.memory import Memory
from shop.catalog.sorting import list_sorted
from shop.catalog.views import USUAL, Sort, View
from shop.clock import Clock
from shop.pricing import next_turn

K = TypeVar("K")
V = TypeVar("V")

LOOK_AGAIN = 1.0  # seconds between two looks for changes
LONGEST = 60.0  # seconds that anything is kept at most
OVERLAP = timedelta(seconds=5)  # clocks of replicas may differ by this, and a transaction may take this long
SETTLED = 2 * OVERLAP  # after this, nothing comes to stand beside a change any more
ROOM = 4096  # entries
MANY = 500  # changes at one look; more than that, and everything is forgotten

_SINCE = bindparam("since", type_=UTCDateTime)
_PRODUCTS = (
    select(Product.id, Product.updated_at)
    .where(Product.updated_at > _SINCE)
    .order_by(Product.updated_at.desc())
    .limit(MANY)
)
_STOCK = (
    select(
        Inventory.product_id.label("id"),
        Inventory.updated_at,
        Product.parent_id,
        (Inventory.quantity_in_stock - Inventory.quantity_reserved).label("free"),
    )
    .join(Product, Product.id == Inventory.product_id)
    .where(Inventory.updated_at > _SINCE)
    .order_by(Inventory.updated_at.desc())
    .limit(MANY)
)
_TREE = select(Lease.last_run_at).where(Lease.name == f"queue:{TREE}")


class Shelf(Struct, frozen=True):
    """One page of a category: where it hangs, what is below it, and its products."""

    path: tuple[CategoryCard, ...]
    children: tuple[CategoryCard, ...]
    page: ProductPage

    def said_in(self, language: str) -> "Shelf":
        """The same, named as readers of this language know it."""
        return Shelf(
            tuple(card.said_in(language) for card in self.path),
            tuple(card.said_in(language) for card in self.children),
            self.page.said_in(language),
        )


class Shelves:
    """What customers browse, from memory where nothing changed; `seconds` is a monotonic clock."""

    def __init__(self, db: Database, *, clock: Clock, seconds: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._clock = clock
        self._seconds = seconds
        self._looked_at = float("-inf")
        self._mark: datetime | None = None
        self._tree_changed: datetime | None = None
        self._complete = False  # all that the mark stands on was seen
        self._seen: dict[int, datetime] = {}
        self._cards: Memory[int, ProductCard] = Memory(ROOM)
        self._shelves: Memory[tuple[int | None, int | None, int | None, int, View], Shelf] = Memory(ROOM)
        self._changes = 0
        db.watchers.append(self._committed)

    async def product(self, product_id: int) -> ProductCard:
        """The product page. Raises NotFound, NotForSale."""

        async def read(session: AsyncSession, now: datetime) -> tuple[ProductCard, frozenset[int], datetime | None]:
            card = await reading.get_product(session, product_id, now=now)
            shown = frozenset((product_id, card.id, *(variant.id for variant in card.variants)))
            return card, shown, card.turns_at

        return await self._kept(self._cards, product_id, read)

    async def category(
        self, category_id: int | None, *, after: int | None, before: int | None, limit: int, view: View = USUAL
    ) -> Shelf:
        """A page of a category, with its path and, on the first page, the categories below it."""

        async def read(session: AsyncSession, now: datetime) -> tuple[Shelf, frozenset[int], datetime | None]:
            path = await shown_path(session, category_id)
            first = after is None and before is None
            hidden = category_id is not None and not path
            children = await list_categories(session, category_id) if first and not hidden else ()
            page = await _products(session, category_id, view, after_id=after, before_id=before, limit=limit, now=now)
            turns_at = next_turn(item.turns_at for item in page.items)
            return Shelf(path, children, page), frozenset(item.id for item in page.items), turns_at

        return await self._kept(self._shelves, (category_id, after, before, limit, view), read)

    def forget_all(self) -> None:
        """Keep nothing."""
        self._changes += 1
        self._cards.clear()
        self._shelves.clear()

    def _committed(self, changes: Changes) -> None:
        """What this process changed counts at once."""
        if changes.everything:
            self.forget_all()
            return
        self._changes += 1
        self._forget(*changes.products)
        for product_id, more in changes.free.items():
            if more:
                self._restock(product_id, more.__add__)

    def _forget(self, *products: int) -> None:
        self._cards.drop(products)
        self._shelves.drop(products)

    def _restock(self, product_id: int, count: Callable[[int], int]) -> None:
        """Show another number of units that can be had, without reading anything again."""
        self._cards.change(product_id, partial(_restocked_card, count=count))
        self._shelves.change(product_id, partial(_restocked_shelf, product_id=product_id, count=count))

    async def _kept(
        self,
        kept: Memory[K, V],
        key: K,
        read: Callable[[AsyncSession, datetime], Awaitable[tuple[V, frozenset[int], datetime | None]]],
    ) -> V:
        now = self._seconds()
        if now - self._looked_at >= LOOK_AGAIN:
            self._looked_at = now
            await self._look()
        moment = self._clock.now()
        value = kept.get(key, now, moment)
        if value is not None:
            return value
        changes = self._changes
        async with self._db.read() as session:
            value, products, turns_at = await read(session, moment)
        if changes == self._changes:  # what changed while we read may be missing in what we read
            kept.put(key, value, products, until=now + LONGEST, turns_at=turns_at)
        return value

    async def _look(self) -> None:
        """Bring up to date what changed since the last look; three statements on indexed columns."""
        changes = self._changes
        now = self._clock.now()
        first = self._mark is None
        async with self._db.read() as session:
            tree_changed = await session.scalar(_TREE)
            if tree_changed != self._tree_changed:
                self._tree_changed = tree_changed
                self.forget_all()
                changes = self._changes
            if self._mark is None:
                marks = [await session.scalar(select(func.max(table.updated_at))) for table in (Product, Inventory)]
                self._mark = max((mark for mark in marks if mark is not None), default=None)
            if self._mark is None:
                return  # nothing is for sale yet
            since = self._mark if self._complete else self._mark - OVERLAP
            products = (await session.execute(_PRODUCTS, {"since": since})).all()
            stock = (await session.execute(_STOCK, {"since": since})).all()
        fresh_products = [row for row in products if self._is_news(row.id, row.updated_at)]
        fresh_stock = [row for row in stock if self._is_news(-row.id, row.updated_at)]
        self._complete = self._mark < now - SETTLED  # of an import, every row would be read again at every look
        self._seen = {key: moment for key, moment in self._seen.items() if moment > self._mark - OVERLAP}
        if first:
            return  # nothing is kept yet that these could change
        if fresh_products or MANY in (len(products), len(stock)):  # there may be news behind those
            self.forget_all()
            return
        overtaken = changes != self._changes  # something was committed here meanwhile: these numbers may be older
        self._changes += bool(fresh_stock)
        for row in fresh_stock:
            self._note_stock(row, overtaken=overtaken)

    def _note_stock(self, row: Any, *, overtaken: bool) -> None:
        if row.parent_id is not None:
            self._forget(row.id, row.parent_id)
        elif overtaken:
            self._forget(row.id)
        else:
            free = int(row.free)
            self._restock(row.id, lambda _left: free)

    def _is_news(self, key: int, moment: datetime) -> bool:
        self._mark = moment if self._mark is None else max(self._mark, moment)
        if self._seen.get(key) == moment:
            return False
        self._seen[key] = moment
        return True


async def _products(
    session: AsyncSession,
    category_id: int | None,
    view: View,
    *,
    after_id: int | None,
    before_id: int | None,
    limit: int,
    now: datetime,
) -> ProductPage:
    """A page in the order of the products' ids as they are now, in any other as the schedule saw them last."""
    if view.filters or view.sort not in {Sort.USUAL, Sort.NEWEST}:
        return await list_sorted(
            session, category_id, view, after_id=after_id, before_id=before_id, limit=limit, now=now
        )
    newest = view.sort is Sort.NEWEST
    return await reading.list_products(
        session, category_id, after_id=after_id, before_id=before_id, limit=limit, newest=newest, now=now
    )


def _restocked_card(card: ProductCard, *, count: Callable[[int], int]) -> ProductCard | None:
    """The card with another number; one with variants is read again, it adds them up."""
    return None if card.has_variants else replace(card, available=count(card.available))


def _restocked_shelf(shelf: Shelf, *, product_id: int, count: Callable[[int], int]) -> Shelf:
    items = tuple(
        replace(item, available=count(item.available)) if item.id == product_id else item for item in shelf.page.items
    )
    return replace(shelf, page=replace(shelf.page, items=items))

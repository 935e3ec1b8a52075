"""A read model of what customers browse: kept in memory until it changes, and never asked about stock or money.

Every change of a product or its stock carries the moment it was made (`updated_at`). A process looks once a second
which rows changed since, whoever changed them, and forgets what it kept of those. So a screen may be a second old (a
minute, where a replica's clock is more than five seconds behind). What this process changes itself is forgotten at
once, when the change is committed. Checkout, cart and payment read the database, always.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product
from db.session import Database
from db.types import UTCDateTime
from shop import catalog
from shop.catalog import CategoryCard, ProductCard, ProductPage

K = TypeVar("K")
V = TypeVar("V")

LOOK_AGAIN = 1.0  # seconds between two looks for changes
LONGEST = 60.0  # seconds that anything is kept at most
OVERLAP = timedelta(seconds=5)  # clocks of replicas may differ by this, and a transaction may take this long
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
    select(Inventory.product_id.label("id"), Inventory.updated_at, Product.parent_id)
    .join(Product, Product.id == Inventory.product_id)
    .where(Inventory.updated_at > _SINCE)
    .order_by(Inventory.updated_at.desc())
    .limit(MANY)
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a category: where it hangs, what is below it, and its products."""

    path: tuple[CategoryCard, ...]
    children: tuple[CategoryCard, ...]
    page: ProductPage


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    value: V
    products: frozenset[int]
    until: float


class Shelves:
    """What customers browse, from memory where nothing changed; `seconds` is a monotonic clock."""

    def __init__(self, db: Database, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._seconds = seconds
        self._looked_at = float("-inf")
        self._mark: datetime | None = None
        self._seen: dict[int, datetime] = {}
        self._cards: OrderedDict[int, _Kept[ProductCard]] = OrderedDict()
        self._shelves: OrderedDict[tuple[int | None, int | None, int | None, int], _Kept[Shelf]] = OrderedDict()
        self._changes = 0
        db.watchers.append(self.forget)

    async def product(self, product_id: int) -> ProductCard:
        """The product page. Raises NotFound, NotForSale."""

        async def read(session: AsyncSession) -> tuple[ProductCard, frozenset[int]]:
            card = await catalog.get_product(session, product_id)
            return card, frozenset((product_id, card.id, *(variant.id for variant in card.variants)))

        return await self._kept(self._cards, product_id, read)

    async def category(self, category_id: int | None, *, after: int | None, before: int | None, limit: int) -> Shelf:
        """A page of a category, with its path and, on the first page, the categories below it."""

        async def read(session: AsyncSession) -> tuple[Shelf, frozenset[int]]:
            path = await catalog.category_path(session, category_id)
            first = after is None and before is None
            children = await catalog.list_categories(session, category_id) if first else ()
            page = await catalog.list_products(session, category_id, after_id=after, before_id=before, limit=limit)
            return Shelf(path, children, page), frozenset(item.id for item in page.items)

        return await self._kept(self._shelves, (category_id, after, before, limit), read)

    def forget(self, products: Iterable[int] | None) -> None:
        """Keep nothing that shows one of these products; None: keep nothing at all."""
        self._changes += 1
        if products is None:
            self._cards.clear()
            self._shelves.clear()
            return
        changed = frozenset(products)
        _drop(self._cards, changed)
        _drop(self._shelves, changed)

    async def _kept(
        self,
        kept: OrderedDict[K, _Kept[V]],
        key: K,
        read: Callable[[AsyncSession], Awaitable[tuple[V, frozenset[int]]]],
    ) -> V:
        now = self._seconds()
        if now - self._looked_at >= LOOK_AGAIN:
            self._looked_at = now
            await self._look()
        entry = kept.get(key)
        if entry is not None and now < entry.until:
            return entry.value
        changes = self._changes
        async with self._db.read() as session:
            value, products = await read(session)
        if changes == self._changes:  # what changed while we read may be missing in what we read
            kept[key] = _Kept(value, products, now + LONGEST)
            if len(kept) > ROOM:
                kept.popitem(last=False)
        return value

    async def _look(self) -> None:
        """Forget what changed since the last look; two statements on indexed columns."""
        async with self._db.read() as session:
            if self._mark is None:
                marks = [await session.scalar(select(func.max(table.updated_at))) for table in (Product, Inventory)]
                self._mark = max((mark for mark in marks if mark is not None), default=None)
                self.forget(None)
                return
            since = self._mark - OVERLAP
            products = (await session.execute(_PRODUCTS, {"since": since})).all()
            stock = (await session.execute(_STOCK, {"since": since})).all()
        fresh_products = [row for row in products if self._is_news(row.id, row.updated_at)]
        fresh_stock = [row for row in stock if self._is_news(-row.id, row.updated_at)]
        self._seen = {key: moment for key, moment in self._seen.items() if moment > self._mark - OVERLAP}
        if fresh_products or len(stock) == MANY:
            self.forget(None)
        elif fresh_stock:
            self.forget({number for row in fresh_stock for number in (row.id, row.parent_id) if number is not None})

    def _is_news(self, key: int, moment: datetime) -> bool:
        self._mark = moment if self._mark is None else max(self._mark, moment)
        if self._seen.get(key) == moment:
            return False
        self._seen[key] = moment
        return True


def _drop(kept: OrderedDict[K, _Kept[V]], products: frozenset[int]) -> None:
    for key in [key for key, entry in kept.items() if not products.isdisjoint(entry.products)]:
        del kept[key]

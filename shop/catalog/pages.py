"""Pages of products: rows of what is on sale, made into lines of a list; a bounded number of queries each."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product
from shop.catalog.cards import ProductPage, ProductSummary, average
from shop.catalog.offered import is_live, is_offered
from shop.catalog.shots import picture_of
from shop.pricing import cost, next_turn, offer_at, turn, turn_of

OfferedRow = tuple[Product, int | None]  # with what is left, None for a product with variants
AVAILABLE = Inventory.quantity_in_stock - Inventory.quantity_reserved


def offered() -> Select[Product, int]:
    """Products on sale with what is left of them, variants left out."""
    return (
        select(Product, AVAILABLE.label("available"))
        .outerjoin(Inventory, Inventory.product_id == Product.id)
        .where(Product.parent_id.is_(None), is_offered())
    )


async def rows_of(session: AsyncSession, query: Select[Product, int], limit: int) -> list[OfferedRow]:
    """The first rows of a query of what is offered."""
    return [(row[0], row[1]) for row in await session.execute(query.limit(limit))]


async def page_of(
    session: AsyncSession,
    rows: list[OfferedRow],
    *,
    after_id: int | None,
    before_id: int | None,
    limit: int,
    now: datetime,
) -> ProductPage:
    """The page of these rows, of which one more than fits was asked for."""
    more = len(rows) > limit
    backwards = before_id is not None
    rows = rows[:limit]
    if backwards:
        rows.reverse()
    ranges = await _ranges(session, [product.id for product, available in rows if available is None], now)
    items = tuple(_summary(product, available, ranges, now) for product, available in rows)
    return ProductPage(
        items,
        has_previous=more if backwards else after_id is not None,
        has_next=backwards or more,
    )


class _Range(NamedTuple):
    lowest: int
    highest: int
    regular: int  # the lowest price outside a sale
    available: int
    turns_at: datetime | None


async def _ranges(session: AsyncSession, parent_ids: Iterable[int], now: datetime) -> dict[int, _Range]:
    """What the variants of each parent cost and how many of them are left, all parents in one query."""
    ids = list(parent_ids)
    if not ids:
        return {}
    price, (begins, ends) = cost(now), turn(now)
    query = (
        select(
            Product.parent_id,
            func.min(price),
            func.max(price),
            func.min(Product.price),
            func.sum(AVAILABLE),
            begins,
            ends,
        )
        .join(Inventory, Inventory.product_id == Product.id)
        .where(Product.parent_id.in_(ids), is_live())
        .group_by(Product.parent_id)
    )
    return {
        parent_id: _Range(low, high, regular, int(available), next_turn((begin, end)))
        for parent_id, low, high, regular, available, begin, end in await session.execute(query)
        if parent_id is not None
    }


def _summary(product: Product, available: int | None, ranges: dict[int, _Range], now: datetime) -> ProductSummary:
    spread = ranges.get(product.id)
    if spread is None:
        price = offer_at(product, now).price
        spread = _Range(price, price, product.price, available or 0, turn_of(product, now))
    return ProductSummary(
        id=product.id,
        name=product.name,
        price=spread.lowest,
        currency=product.currency,
        from_price=spread.lowest != spread.highest,
        available=spread.available,
        rating_average=average(product.rating_sum, product.rating_count),
        rating_count=product.rating_count,
        was=spread.regular if spread.regular > spread.lowest else None,
        turns_at=spread.turns_at,
        picture=picture_of(product),
        texts=product.texts,
    )

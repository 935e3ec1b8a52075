"""Reading the catalogue: pages of products, the product page, search; a bounded number of queries each."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import BoughtTogether, Inventory, Product, User
from db.ordering import along
from shop.catalog import guessing, searching
from shop.catalog.cards import (
    OptionAxis,
    ProductCard,
    ProductPage,
    ProductSummary,
    VariantCard,
    average,
    option_values,
)
from shop.catalog.offered import in_sight, is_live
from shop.catalog.pages import AVAILABLE, OfferedRow, offered, page_of, rows_of
from shop.catalog.shots import FURTHER, picture_of, shots_of
from shop.pricing import is_on_sale, next_turn, offer_at, turn_of
from shop.refusals import NotForSale, NotFound

_SHOWN = in_sight(Product.category_id).label("shown")
_COMPANY = exists().where(BoughtTogether.product_id == Product.id).correlate(Product).label("has_company")


async def list_products(
    session: AsyncSession,
    category_id: int | None,
    *,
    after_id: int | None = None,
    before_id: int | None = None,
    limit: int = 6,
    newest: bool = False,
    now: datetime,
) -> ProductPage:
    """The products of one category (None: those without one), oldest or `newest` first; at most three queries.

    A page that became empty meanwhile is answered with the first page.
    """
    here = Product.category_id.is_(None) if category_id is None else Product.category_id == category_id
    query = offered().where(here)
    index = [Product.category_id, Product.archived_at, Product.parent_id]
    query = query.order_by(*along(session, index, [Product.id], backwards=(before_id is not None) != newest))
    if before_id is not None:
        query = query.where(Product.id > before_id if newest else Product.id < before_id)
    elif after_id is not None:
        query = query.where(Product.id < after_id if newest else Product.id > after_id)
    rows = await rows_of(session, query, limit + 1)
    if not rows and (after_id is not None or before_id is not None):
        return await list_products(session, category_id, limit=limit, newest=newest, now=now)
    return await page_of(session, rows, after_id=after_id, before_id=before_id, limit=limit, now=now)


async def list_newest(
    session: AsyncSession, *, after_id: int | None = None, limit: int = 6, now: datetime
) -> ProductPage:
    """The products of the whole shop, the newest first, older than `after_id`; at most two queries."""
    order = along(session, [Product.parent_id, Product.archived_at], [Product.id], backwards=True)
    query = offered().order_by(*order)
    if after_id is not None:
        query = query.where(Product.id < after_id)
    rows = await rows_of(session, query, limit + 1)
    return await page_of(session, rows, after_id=after_id, before_id=None, limit=limit, now=now)


async def search(
    session: AsyncSession,
    text: str,
    *,
    after_id: int | None = None,
    before_id: int | None = None,
    limit: int = 6,
    now: datetime,
) -> ProductPage:
    """The products that answer to every word of `text`, in any case and language, the best answers first.

    A word answers to the beginning or the end of a word of the name, or to a word of the description or of a variant;
    where no product answers so, to a piece from the middle of a word of the name. Two to five statements, and as many
    again for pieces; a page that became empty meanwhile is answered with the first page. `after_id` below zero: the
    page that begins with that product.
    """
    found = await searching.answering(session, offered(), text, after_id=after_id, before_id=before_id, limit=limit + 1)
    rows: list[OfferedRow] = [(row[0], row[1]) for row in found]
    if not rows and (after_id is not None or before_id is not None):
        return await search(session, text, limit=limit, now=now)
    return await page_of(session, rows, after_id=after_id, before_id=before_id, limit=limit, now=now)


async def meant(session: AsyncSession, text: str) -> str | None:
    """The text with its typos mended; None when no word of it is known to be one. Two statements."""
    return await guessing.mended(session, text)


async def guess(session: AsyncSession, text: str, *, limit: int = 6, now: datetime) -> ProductPage:
    """The products that were probably meant by a text that no name holds (typos, a word too many); three queries."""
    names = await guessing.alike(session, text)
    ids = guessing.best_guesses(text, names, limit)
    if not ids:
        return ProductPage((), has_previous=False, has_next=False)
    rows = await rows_of(session, offered().where(Product.id.in_(ids)).order_by(Product.id), limit)
    return await page_of(session, rows, after_id=None, before_id=None, limit=limit, now=now)


async def pick(session: AsyncSession, product_ids: Sequence[int], *, now: datetime) -> tuple[ProductSummary, ...]:
    """These products in this order, without those that are not on sale; two queries."""
    rows = await rows_of(session, offered().where(Product.id.in_(product_ids)), len(product_ids))
    page = await page_of(session, rows, after_id=None, before_id=None, limit=len(rows), now=now)
    found = {item.id: item for item in page.items}
    return tuple(found[product_id] for product_id in product_ids if product_id in found)


async def get_product(session: AsyncSession, product_id: int, *, now: datetime) -> ProductCard:
    """The product page; asked for a variant, its parent's page with that variant chosen. At most four queries.

    Raises NotFound, and NotForSale when the seller took it off sale.
    """
    product, owner_name, available, photos, shown, has_company = await _load(session, product_id)
    asked = product.id
    if product.parent_id is not None:
        if product.archived_at is not None:
            raise NotForSale(product=product.name)
        product, owner_name, available, more, shown, has_company = await _load(session, product.parent_id)
        photos += more
    if product.archived_at is not None or not shown:
        raise NotForSale(product=product.name)
    sold, variants = await _variants(session, product, now) if available is None else ([product], ())
    offers = [offer_at(one, now) for one in sold or [product]]
    prices, lowest = [offer.price for offer in offers], min(offer.was or offer.price for offer in offers)
    only = sold[0] if len(sold) == 1 else next((one for one in sold if one.id == asked), product)
    shots = await shots_of(session, product, only, further=photos > 0 or only.id not in {product.id, asked})
    ends = {one.sale_until if is_on_sale(one, now) else None for one in sold}
    weights = {one.weight for one in sold or [product]}
    return ProductCard(
        id=product.id,
        sku=product.sku,
        name=product.name,
        description=product.description,
        price=min(prices),
        currency=product.currency,
        from_price=min(prices) != max(prices),
        available=sum(variant.available for variant in variants) if available is None else available,
        kind=product.kind,
        category_id=product.category_id,
        owner_id=product.owner_id,
        owner_name=owner_name,
        picture=picture_of(product),
        rating_average=average(product.rating_sum, product.rating_count),
        rating_count=product.rating_count,
        axes=_axes(product, variants),
        variants=variants,
        chosen=next((variant for variant in variants if variant.id == asked), None),
        has_variants=available is None,
        was=lowest if lowest > min(prices) else None,
        turns_at=next_turn(turn_of(one, now) for one in sold),
        sale_until=ends.pop() if len(ends) == 1 else None,
        shots=shots[product.id],
        attributes=_attributes(product.attributes),
        own_shots=shots[only.id] if only is not product else (),
        texts=product.texts,
        has_company=has_company,
        weight=only.weight if only is not product else weights.pop() if len(weights) == 1 else None,
        monthly=product.monthly,
    )


def _attributes(text: str | None) -> tuple[tuple[str, str], ...]:
    lines = (line.partition(": ") for line in (text or "").splitlines())
    return tuple((name, value) for name, _, value in lines)


class _Loaded(NamedTuple):
    product: Product
    owner_name: str
    available: int | None
    photos: int  # beside the first
    shown: bool  # no category hides it
    has_company: bool  # others were bought with it


async def _load(session: AsyncSession, product_id: int) -> _Loaded:
    query = (
        select(Product, User.name, AVAILABLE.label("available"), FURTHER.label("photos"), _SHOWN, _COMPANY)
        .join(User, User.id == Product.owner_id)
        .outerjoin(Inventory, Inventory.product_id == Product.id)
        .where(Product.id == product_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound(product_id=product_id)
    return _Loaded(*row)


async def _variants(
    session: AsyncSession, parent: Product, now: datetime
) -> tuple[list[Product], tuple[VariantCard, ...]]:
    query = (
        select(Product, AVAILABLE.label("available"))
        .join(Inventory, Inventory.product_id == Product.id)
        .where(Product.parent_id == parent.id, is_live())
        .order_by(Product.position, Product.id)
    )
    rows = [(row[0], row[1]) for row in await session.execute(query)]
    return [variant for variant, _ in rows], tuple(
        _variant(variant, available, parent, now) for variant, available in rows
    )


def _variant(variant: Product, available: int, parent: Product, now: datetime) -> VariantCard:
    offer = offer_at(variant, now)
    return VariantCard(
        id=variant.id,
        sku=variant.sku,
        label=variant.option_label or variant.name,
        values=option_values(variant.option_label),
        price=offer.price,
        available=available,
        picture=picture_of(variant) if variant.photo_file_id or variant.image_url else picture_of(parent),
        was=offer.was,
        sale_until=variant.sale_until if offer.was is not None else None,
    )


def _axes(parent: Product, variants: Sequence[VariantCard]) -> tuple[OptionAxis, ...]:
    names = option_values(parent.option_names)
    count = max((len(variant.values) for variant in variants), default=0)
    axes = []
    for index in range(count):
        values = dict.fromkeys(variant.values[index] for variant in variants if index < len(variant.values))
        axes.append(OptionAxis(names[index] if index < len(names) else "", tuple(values)))
    return tuple(axes)

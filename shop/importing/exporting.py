"""Exporting products as CSV in our own columns, so that importing the file again changes nothing.

Into an empty shop it brings all that a product is: words, pictures, variants, stock, categories, what buyers receive.
"""

import csv
from collections.abc import AsyncIterator, Sequence
from io import StringIO

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product, User
from db.money import Money
from shop.catalog.categories import category_paths
from shop.importing.own_columns import COLUMNS
from shop.importing.quoting import cleaned, quoted
from shop.importing.stored import photo_of

BATCH = 500
OWNERS = ("owner", "seller")  # columns of an export that holds the goods of several sellers
MINE = tuple(column for column in COLUMNS if column not in OWNERS)


async def export(session: AsyncSession, *, owner_id: int) -> str:
    """All products of a seller as CSV text, archived ones too, variants below their product; a few queries per 500."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(MINE)
    async for row in rows(session, owner_id=owner_id):
        writer.writerow(row)
    return out.getvalue()


async def rows(session: AsyncSession, *, owner_id: int) -> AsyncIterator[tuple[str, ...]]:
    """The rows of one seller under MINE."""
    paths = await category_paths(session)
    after = 0
    while True:
        some = await _load(session, Product.owner_id == owner_id, Product.parent_id.is_(None), Product.id > after)
        if not some:
            return
        ids = [product.id for product, _ in some]
        below: dict[int | None, list[tuple[Product, Inventory | None]]] = {}
        for variant, stock in await _load(session, Product.parent_id.in_(ids), limit=None):
            below.setdefault(variant.parent_id, []).append((variant, stock))
        for product, inventory in some:
            yield _row(product, inventory, "", paths)
            for variant, stock in sorted(below.get(product.id, ()), key=lambda pair: (pair[0].position, pair[0].id)):
                yield _row(variant, stock, product.sku, paths)
        session.expunge_all()
        after = ids[-1]


async def owner_cells(session: AsyncSession, owner_id: int) -> tuple[str, str]:
    """What stands under OWNERS for a seller: the Telegram id (none: the shop itself), and the name to be read."""
    seller = await session.get_one(User, owner_id)
    return str(seller.telegram_id or ""), quoted(cleaned(seller.name))


async def _load(
    session: AsyncSession, *where: ColumnElement[bool], limit: int | None = BATCH
) -> Sequence[tuple[Product, Inventory | None]]:
    query = (
        select(Product, Inventory)
        .outerjoin(Inventory, Inventory.product_id == Product.id)
        .where(*where)
        .order_by(Product.id)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


def _row(product: Product, inventory: Inventory | None, parent_sku: str, paths: dict[int, str]) -> tuple[str, ...]:
    stock = "" if inventory is None else str(inventory.quantity_in_stock)
    cells = {
        "sku": product.sku,
        "parent_sku": parent_sku,
        "name": product.name,
        "option_names": product.option_names or "",
        "option": (product.option_label or "") if parent_sku else "",
        "category": "" if parent_sku else paths.get(product.category_id or 0, ""),
        "description": "" if parent_sku else product.description,
        "kind": product.kind.value,
        "price": f"{Money(product.price, product.currency).major():f}",
        "sale_price": "" if product.sale_price is None else f"{Money(product.sale_price, product.currency).major():f}",
        "sale_from": "" if product.sale_from is None else product.sale_from.isoformat(),
        "sale_until": "" if product.sale_until is None else product.sale_until.isoformat(),
        "currency": product.currency,
        "quantity": stock,
        "stock_at_export": stock,
        "low_stock_at": "" if inventory is None else str(inventory.low_stock_at),
        "image_url": product.image_url or "",
        "photo": photo_of(product) or "",
        "digital_content": product.digital_content or "",
        "archived": "true" if product.archived_at and not product.draft else "false",
        "draft": "true" if product.draft else "false",
    }
    return tuple(quoted(cleaned(cells[column])) for column in MINE)

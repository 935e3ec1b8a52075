"""Exporting a seller's products as CSV in our own columns, so that importing the file again changes nothing."""

import csv
from collections.abc import AsyncIterator, Sequence
from io import StringIO

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product
from db.money import Money
from shop.catalog_categories import category_paths
from shop.importing.cells import quoted
from shop.importing.own import COLUMNS

BATCH = 500


async def export(session: AsyncSession, *, owner_id: int) -> str:
    """All products of a seller as CSV text, archived ones too, variants below their product; a few queries per 500."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    async for row in rows(session, owner_id=owner_id):
        writer.writerow(row)
    return out.getvalue()


async def rows(session: AsyncSession, *, owner_id: int) -> AsyncIterator[tuple[str, ...]]:
    """The rows under COLUMNS."""
    paths = await category_paths(session)
    after = 0
    while True:
        some = await _load(session, Product.owner_id == owner_id, Product.parent_id.is_(None), Product.id > after)
        if not some:
            return
        ids = [product.id for product, _ in some[:BATCH]]
        below = await _load(session, Product.parent_id.in_(ids), limit=None)
        for product, inventory in some:
            yield _row(product, inventory, "", paths)
            for variant, stock in below:
                if variant.parent_id == product.id:
                    yield _row(variant, stock, product.sku, paths)
        after = ids[-1]


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
        "sku": quoted(product.sku),
        "parent_sku": quoted(parent_sku),
        "name": quoted(product.name),
        "option_names": quoted(product.option_names or ""),
        "option": quoted(product.option_label or "") if parent_sku else "",
        "category": "" if parent_sku else quoted(paths.get(product.category_id or 0, "")),
        "description": "" if parent_sku else quoted(product.description),
        "kind": product.kind.value,
        "price": f"{Money(product.price, product.currency).major():f}",
        "currency": product.currency,
        "quantity": stock,
        "stock_at_export": stock,
        "low_stock_at": "" if inventory is None else str(inventory.low_stock_at),
        "image_url": product.image_url or "",
        "digital_content": quoted(product.digital_content or ""),
        "archived": "true" if product.archived_at else "false",
    }
    return tuple(cells[column] for column in COLUMNS)

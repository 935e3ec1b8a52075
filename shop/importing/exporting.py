"""Exporting products in our own columns, so that importing the file again changes nothing.

Into an empty shop it brings all that a product is: words, pictures, variants, stock, categories, what buyers receive.
"""

from collections.abc import AsyncIterator, Sequence
from io import StringIO

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product, User
from db.money import Money
from db.texts import LANGUAGES, Said, texts_of
from shop.catalog.categories import category_paths
from shop.importing.own_columns import COLUMNS
from shop.importing.pictures import load_listed
from shop.importing.stored import batches, photo_of
from shop.importing.tables import Cell, CsvTable

BATCH = 500
OWNERS = ("owner", "seller")  # columns of an export that holds the goods of several sellers
MINE = tuple(column for column in COLUMNS if column not in OWNERS)


async def export(session: AsyncSession, *, owner_id: int) -> str:
    """All products of a seller as CSV text, archived ones too, variants below their product; a few queries per 500."""
    out = StringIO()
    table = CsvTable(out, MINE)
    async for page in pages(session, owner_id=owner_id):
        table.add(page)
    return out.getvalue()


async def pages(session: AsyncSession, *, owner_id: int) -> AsyncIterator[list[tuple[Cell, ...]]]:
    """The rows of one seller under MINE, a few hundred products at a time."""
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
        more = await _further(session, [*ids, *(one.id for pairs in below.values() for one, _ in pairs)])
        page = []
        for product, inventory in some:
            page.append(_row(product, inventory, "", paths, more.get(product.id, "")))
            for variant, stock in sorted(below.get(product.id, ()), key=lambda pair: (pair[0].position, pair[0].id)):
                page.append(_row(variant, stock, product.sku, paths, more.get(variant.id, "")))
        yield page
        session.expunge_all()
        after = ids[-1]


async def owner_cells(session: AsyncSession, owner_id: int) -> tuple[str, str]:
    """What stands under OWNERS for a seller: the Telegram id (none: the shop itself), and the name to be read."""
    seller = await session.get_one(User, owner_id)
    return str(seller.telegram_id or ""), seller.name


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


async def _further(session: AsyncSession, product_ids: Sequence[int]) -> dict[int, str]:
    """The pictures beside the first, in batches."""
    found: dict[int, str] = {}
    for some in batches(product_ids):
        found |= await load_listed(session, some)
    return found


def _row(
    product: Product, inventory: Inventory | None, parent_sku: str, paths: dict[int, str], more_images: str
) -> tuple[Cell, ...]:
    stock = None if inventory is None else inventory.quantity_in_stock
    cells: dict[str, Cell] = {
        "sku": product.sku,
        "parent_sku": parent_sku,
        "name": product.name,
        "option_names": product.option_names or "",
        "option": (product.option_label or "") if parent_sku else "",
        "category": "" if parent_sku else paths.get(product.category_id or 0, ""),
        "description": "" if parent_sku else product.description,
        "attributes": "" if parent_sku else product.attributes or "",
        "weight": product.weight,
        "kind": product.kind.value,
        "price": Money(product.price, product.currency).major(),
        "sale_price": None if product.sale_price is None else Money(product.sale_price, product.currency).major(),
        "sale_from": product.sale_from,
        "sale_until": product.sale_until,
        "currency": product.currency,
        "tax_class": product.tax_class or "",
        "quantity": stock,
        "stock_at_export": stock,
        "low_stock_at": None if inventory is None else inventory.low_stock_at,
        "image_url": product.image_url or "",
        "photo": photo_of(product) or "",
        "more_images": more_images,
        "digital_content": product.digital_content or "",
        "archived": "true" if product.archived_at and not product.draft else "false",
        "draft": "true" if product.draft else "false",
    }
    texts = {} if parent_sku else texts_of(product.texts)
    for language in LANGUAGES:
        said = texts.get(language, Said())
        cells |= {f"name_{language}": said.name, f"description_{language}": said.description}
    return tuple(cells[column] for column in MINE)

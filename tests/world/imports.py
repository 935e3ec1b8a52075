"""Importing a few lines, and looking at what became of them."""

from msgspec import Struct
from sqlalchemy import select

from db.models import Inventory, Product
from db.session import Database
from shop.catalog.categories import category_paths
from shop.importing import ImportReport, Verdict, import_bytes
from shop.policy import Policy
from tests.world.clock import ManualClock


class Kept(Struct, frozen=True):
    """A product as it is stored; `stock` is None for one that is sold in variants."""

    sku: str
    name: str
    label: str | None
    price: int
    stock: int | None
    category: str
    on_sale: bool
    description: str
    picture: str | None
    kind: str
    content: str | None
    draft: bool = False


async def bring(database: Database, content: str | bytes, *, currency: str = "EUR") -> ImportReport:
    """Import a file as a shop of its own would."""
    content = content.encode() if isinstance(content, str) else content
    return await import_bytes(database, content, policy=Policy(currency=currency), clock=ManualClock())


async def bring_twice(database: Database, content: str | bytes, *, currency: str = "EUR") -> ImportReport:
    """Import a file, and again, which must change nothing; the report of the first time."""
    first = await bring(database, content, currency=currency)
    assert first.problems == []
    assert first.applied
    again = await bring(database, content, currency=currency)
    assert {diff.verdict for diff in again.diffs} == {Verdict.UNCHANGED}, again.diffs
    return first


async def kept(database: Database) -> list[Kept]:
    """Everything that the shop holds, in the order in which it was made."""
    async with database.read() as session:
        paths = await category_paths(session)
        query = select(Product, Inventory).outerjoin(Inventory, Inventory.product_id == Product.id)
        rows: list[tuple[Product, Inventory | None]] = [
            (row[0], row[1]) for row in await session.execute(query.order_by(Product.id))
        ]
    return [
        Kept(
            product.sku,
            product.name,
            product.option_label,
            product.price,
            inventory.quantity_in_stock if inventory else None,
            paths.get(product.category_id or 0, ""),
            product.archived_at is None,
            product.description,
            product.image_url,
            product.kind.value,
            product.digital_content,
            product.draft,
        )
        for product, inventory in rows
    ]

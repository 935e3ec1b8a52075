"""What the database holds of the products that a file speaks about, read in batches."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Inventory, Product
from shop.catalog.categories import category_paths
from shop.importing.pictures import load_listed

T = TypeVar("T")
BATCH = 500  # ids or SKUs in one query: SQLite and MariaDB both stay quick
ACTOR = "system:import"
IMPORTED = "product.imported"
PUT_BACK = "product.import_undone"


class Stored(Struct):
    """A product as it is; a product sold in variants has no inventory of its own (`in_stock` is None).

    `statement` is what an earlier import said about its stock.
    """

    product: Product
    category: str
    in_stock: int | None
    reserved: int
    low_stock_at: int
    statement: str | None
    more_images: str = ""  # as a file lists them


def photo_of(product: Product) -> str | None:
    """A photo taken in the chat as our export writes it: the bot that may send it, and Telegram's name for it.

    None for a picture that comes from elsewhere and was only uploaded once.
    """
    if product.image_url or not product.photo_file_id or not product.photo_bot_id:
        return None
    return f"{product.photo_bot_id}:{product.photo_file_id}"


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The items in slices of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


async def load_stored(session: AsyncSession, owner_id: int, skus: Iterable[str]) -> dict[str, Stored]:
    """The owner's products with these SKUs, by SKU; five queries for every 500 of them."""
    paths = await category_paths(session)
    found: dict[str, Stored] = {}
    for some in batches(sorted(set(skus))):
        query = (
            select(Product, Inventory)
            .outerjoin(Inventory, Inventory.product_id == Product.id)
            .where(Product.owner_id == owner_id, Product.sku.in_(some))
        )
        rows: list[tuple[Product, Inventory | None]] = [(row[0], row[1]) for row in await session.execute(query)]
        statements = await _statements(session, [product.id for product, _ in rows])
        more = await load_listed(session, [product.id for product, _ in rows])
        for product, inventory in rows:
            found[product.sku] = Stored(
                product,
                paths.get(product.category_id or 0, ""),
                inventory.quantity_in_stock if inventory else None,
                inventory.quantity_reserved if inventory else 0,
                inventory.low_stock_at if inventory else 0,
                statements.get(product.id),
                more.get(product.id, ""),
            )
    return found


async def _statements(session: AsyncSession, product_ids: list[int]) -> dict[int, str]:
    """What the latest import said about the stock of each product, or the one before it where that was undone."""
    subjects = [f"product:{product_id}" for product_id in product_ids]
    latest = (
        select(func.max(AdminEvent.id))
        .where(AdminEvent.subject.in_(subjects), AdminEvent.action.in_((IMPORTED, PUT_BACK)))
        .group_by(AdminEvent.subject)
    )
    rows = await session.execute(select(AdminEvent.subject, AdminEvent.data).where(AdminEvent.id.in_(latest)))
    return {int(subject.partition(":")[2]): data["stock"] for subject, data in rows if data.get("stock") is not None}

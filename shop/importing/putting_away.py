"""Products that a list made and that shall not be there: deleted, or put away where anything points at them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.models import (
    CartItem,
    Inventory,
    Listing,
    Message,
    OrderItem,
    Post,
    Product,
    ProductPhoto,
    ProductTerm,
    Review,
    StockMovement,
    StockWatch,
    Unit,
    ViewedProduct,
)
from shop.importing.remembering import Kept, columns_of

# what is the history of a product, or shown elsewhere: such a product stays, off sale
HISTORY: tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ...] = (
    OrderItem.product_id,
    Review.product_id,
    Unit.product_id,
    Post.product_id,
    Message.product_id,
)
# what is nothing without it
PARTS = (CartItem, StockWatch, ProductPhoto, ProductTerm, Listing, ViewedProduct, StockMovement, Inventory)
PASSING = {"sku", "position", "photo_file_id", "photo_bot_id"}  # no sign of somebody's hand


async def put_away(session: AsyncSession, made: Sequence[tuple[Product, Kept]], *, now: datetime) -> dict[int, bool]:
    """Delete what can be, archive the others; the ids of those that stay, with whether somebody edited them since."""
    ids = {product.id for product, _ in made}
    if not ids:
        return {}
    edited = {product.id for product, after in made if _is_edited(product, after)}
    stay = set(edited)
    for column in HISTORY:
        found = await session.scalars(select(column).where(column.in_(ids)).distinct())
        stay |= {number for number in found if number is not None}
    above = {product.parent_id for product, _ in made if product.id in stay}
    children = select(Product.parent_id).where(Product.parent_id.in_(ids), Product.id.not_in(ids)).distinct()
    above |= set(await session.scalars(children))
    stay |= {number for number in above if number in ids}
    for product, _ in made:
        if product.id in stay and (product.archived_at is None or product.draft):
            product.archived_at, product.draft, product.updated_at = product.archived_at or now, False, now
    await session.flush()
    gone = ids - stay
    for part in PARTS:
        await session.execute(delete(part).where(part.product_id.in_(gone)))
    variants = {product.id for product, _ in made if product.parent_id is not None} & gone
    for some in (variants, gone - variants):
        if some:
            await session.execute(
                delete(Product).where(Product.id.in_(some)).execution_options(synchronize_session=False)
            )
    for product, _ in made:
        if product.id in gone:
            session.expunge(product)
    return {number: number in edited for number in stay}


def _is_edited(product: Product, after: Kept) -> bool:
    now = columns_of(product)
    return any(now[name] != after[name] for name in now if name not in PASSING and name in after)

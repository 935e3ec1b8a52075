"""What is running low: products and variants at their mark or sold out, those with the least first."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Inventory, Product
from shop.people.permissions import By, Permission, ask
from shop.products.editing import note_change
from shop.products.owned import get_owned

FURTHEST = 500  # page that anybody turns to


class LowProduct(Struct, frozen=True):
    """A product, or one of its variants, and how many of it can still be sold."""

    id: int
    title: str
    left: int


class LowPage(Struct, frozen=True):
    """Some of what runs low."""

    items: tuple[LowProduct, ...]
    page: int
    has_more: bool


async def list_low(session: AsyncSession, by: By, *, page: int = 0, limit: int = 10) -> LowPage:
    """One's own products (operators: everybody's) on the shelves that are sold out or at their mark. One query.

    Raises NotPermitted.
    """
    acting = ask(by, Permission.STOCK)
    page = min(max(page, 0), FURTHEST)
    above = aliased(Product)
    left = Inventory.quantity_in_stock - Inventory.quantity_reserved
    query = (
        select(Product.id, Product.name, Product.option_label, left.label("left"))
        .join(Inventory, Inventory.product_id == Product.id)
        .outerjoin(above, above.id == Product.parent_id)
        .where(Product.archived_at.is_(None), above.archived_at.is_(None))
        .where(or_(left <= 0, left <= Inventory.low_stock_at))
        .order_by(left, Product.id)
    )
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
    rows = (await session.execute(query.offset(page * limit).limit(limit + 1))).all()
    items = tuple(
        LowProduct(row.id, f"{row.name} · {row.option_label}" if row.option_label else row.name, max(row.left, 0))
        for row in rows[:limit]
    )
    return LowPage(items, page, has_more=len(rows) > limit)


async def set_low_stock(session: AsyncSession, by: By, product_id: int, mark: int, *, now: datetime) -> None:
    """Tell the seller when so many are left of a product, or of each of its variants; 0: when it is sold out.

    Raises NotFound, also when it is not theirs, NotPermitted.
    """
    acting = ask(by, Permission.STOCK)
    product = (await get_owned(session, acting, product_id)).product
    mine = or_(Product.id == product.id, Product.parent_id == product.id)
    goods = select(Product.id).where(mine).scalar_subquery()
    await session.execute(
        update(Inventory)
        .where(Inventory.product_id.in_(goods))
        .values(low_stock_at=mark)
        .execution_options(synchronize_session=False)
    )
    note_change(session, product, actor=acting.actor, action="product.low_stock_set", data={"at": mark}, now=now)

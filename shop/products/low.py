"""What is running low: products and variants at their mark or sold out, those with the least first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Inventory, Product
from shop.catalog.offered import is_offered
from shop.people.permissions import Acting, By, Permission, ask
from shop.products.editing import note_change
from shop.products.owned import get_owned

LOOKED_AT = 300  # that have the least of all, among which a page is looked for at first
FURTHEST = 500  # page that anybody turns to


_LEFT = (Inventory.quantity_in_stock - Inventory.quantity_reserved).label("left")
_IS_LOW = or_(_LEFT <= 0, Inventory.low_stock_at >= _LEFT)
_LEAST = select(Inventory.product_id).where(_IS_LOW).order_by(_LEFT, Inventory.product_id)


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


async def list_low(
    session: AsyncSession, by: By, *, page: int = 0, limit: int = 10, looked_at: int = LOOKED_AT
) -> LowPage:
    """One's own products (operators: everybody's) on the shelves that are sold out or at their mark.

    Two queries, a third one where those with the least of all sellers do not fill the page. Raises NotPermitted.
    """
    acting = ask(by, Permission.STOCK)
    page = min(max(page, 0), FURTHEST)
    least = list(await session.scalars(_LEAST.limit(looked_at)))
    rows: Sequence[Any] = ()
    if least:
        query = _goods(acting).offset(page * limit).limit(limit + 1)
        rows = (await session.execute(query.where(Inventory.product_id.in_(least)))).all()
        if len(rows) <= limit and len(least) == looked_at:
            rows = (await session.execute(query)).all()
    items = tuple(
        LowProduct(row.id, f"{row.name} · {row.option_label}" if row.option_label else row.name, max(row.left, 0))
        for row in rows[:limit]
    )
    return LowPage(items, page, has_more=len(rows) > limit)


def _goods(acting: Acting) -> Select[int, str, str | None, int]:
    """Which goods these are, as far as they are on the shelves."""
    above = aliased(Product)
    query = (
        select(Product.id, Product.name, Product.option_label, _LEFT)
        # the stock comes first; the bare column would lead SQLite through all goods of the seller
        .join(Inventory, func.coalesce(Inventory.product_id, 0) == Product.id)
        .outerjoin(above, above.id == Product.parent_id)
        .where(is_offered(Product, above), _IS_LOW)
        .order_by(_LEFT, Product.id)
    )
    return query if acting.only is None else query.where(Product.owner_id == acting.only)


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

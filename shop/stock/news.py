"""Who is told about stock: sellers when it runs low, and people who asked to hear when it is back."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Inventory, MovementReason, Product, StockMovement, StockWatch, User
from db.writes import changed, insert_once
from shop.catalog.offered import is_offered
from shop.notifications.outbox import enqueue
from shop.refusals import NotFound

CAME_IN = (MovementReason.RECEIVED, MovementReason.RETURNED, MovementReason.CORRECTED)  # not the many sales
FREE = Inventory.quantity_in_stock - Inventory.quantity_reserved
_PARENT = aliased(Product)
_ABOVE = (_PARENT, _PARENT.id == Product.parent_id)
_ON_SALE = is_offered(Product, _PARENT)

_LOW = (
    select(Inventory.product_id, FREE.label("left"), Inventory.low_stock_at, Product.owner_id)
    .join(Product, Product.id == Inventory.product_id)
    .where(
        Inventory.product_id.in_(bindparam("products", expanding=True)),
        Inventory.low_stock_at > 0,
        Inventory.low_stock_at >= FREE,
    )
)


async def watch(session: AsyncSession, user: User, product_id: int, *, now: datetime) -> None:
    """Tell the person once when the product is back. Raises NotFound, also when it is not on sale."""
    offered = select(Product.id).join(Inventory, Inventory.product_id == Product.id).outerjoin(*_ABOVE)
    if await session.scalar(offered.where(Product.id == product_id, _ON_SALE)) is None:
        raise NotFound(product_id=product_id)
    await insert_once(session, StockWatch, product_id=product_id, user_id=user.id, created_at=now)


async def unwatch(session: AsyncSession, user: User, product_id: int) -> None:
    """Do not tell them after all."""
    mine = (StockWatch.product_id == product_id, StockWatch.user_id == user.id)
    await changed(session, delete(StockWatch).where(*mine))


async def waits(session: AsyncSession, user: User, product_id: int) -> bool:
    """Whether the person asked to be told when the product is back."""
    mine = (StockWatch.product_id == product_id, StockWatch.user_id == user.id)
    return await session.scalar(select(StockWatch.id).where(*mine)) is not None


async def tell_low_stock(session: AsyncSession, held: Mapping[int, int], *, now: datetime) -> None:
    """Tell sellers whose product just came down to its mark, or to nothing; each once until stock comes in again."""
    for product_id, left, mark, owner_id in (await session.execute(_LOW, {"products": sorted(held)})).all():
        if left > 0 and left + held[product_id] <= mark:
            continue  # it was low before
        kind = "low_stock" if left > 0 else "sold_out"
        since = await session.scalar(
            select(func.max(StockMovement.id)).where(
                StockMovement.product_id == product_id, StockMovement.reason.in_(CAME_IN), StockMovement.delta > 0
            )
        )
        await enqueue(
            session,
            user_id=owner_id,
            kind="low_stock",
            data={"product_id": product_id, "left": left},
            dedupe_key=f"{kind}:{product_id}:{since or 0}",
            now=now,
        )


async def tell_watchers(session: AsyncSession, product_ids: Iterable[int], *, now: datetime) -> None:
    """Tell everyone who waits for one of these products, if it can be had now; each is told once and waits no more.

    Who waits for what is not on sale waits on.
    """
    query = (
        select(StockWatch.id, StockWatch.user_id, StockWatch.product_id)
        .join(Inventory, Inventory.product_id == StockWatch.product_id)
        .join(Product, Product.id == StockWatch.product_id)
        .outerjoin(*_ABOVE)
        .where(StockWatch.product_id.in_(sorted(product_ids)), FREE > 0, _ON_SALE)
        .order_by(StockWatch.id)
    )
    waiting = (await session.execute(query)).all()
    for watch_id, user_id, product_id in waiting:
        await enqueue(
            session,
            user_id=user_id,
            kind="back_in_stock",
            data={"product_id": product_id},
            dedupe_key=f"back_in_stock:{watch_id}",
            now=now,
        )
    if waiting:
        await changed(session, delete(StockWatch).where(StockWatch.id.in_([row[0] for row in waiting])))

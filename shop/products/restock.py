"""Restocking: a seller says how many more there are, or how many there are."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, MovementReason, StockMovement, User
from shop import stock
from shop.products.draft import read_change
from shop.products.owned import OwnedProduct, actor_of, find_by_sku, get_owned
from shop.refusals import CannotRead


async def restock(
    session: AsyncSession,
    user: User,
    wanted: str | int,
    change: str,
    *,
    note: str | None = None,
    everything: bool = False,
    now: datetime,
) -> OwnedProduct:
    """Change the stock of the product with this SKU (text) or id (number): "+10" adds ten, "=25" makes it 25.

    Whoever waits for the product is told. Raises NotFound, CannotRead (also for a product that is sold in variants),
    StockWouldGoNegative when orders hold more than what would be left.
    """
    wish = read_change(change)
    if isinstance(wanted, int):
        owned = await get_owned(session, user, wanted, everything=everything)
    else:
        owned = await find_by_sku(session, user, wanted, everything=everything)
    if owned.is_parent:
        raise CannotRead(field="variant", given=owned.product.sku, hint="has_variants")
    actor = actor_of(user, everything=everything)
    if wish.exact:
        await stock.correct(session, owned.product, wish.amount, actor=actor, note=note, now=now)
    else:
        await stock.receive(session, owned.product, wish.amount, actor=actor, note=note, now=now)
    return await get_owned(session, user, owned.product.id, everything=everything)


async def last_count(session: AsyncSession, product_id: int) -> int:
    """A mark that moves with every delivery and every count, but not with sales: see `receive_once`."""
    counted = (MovementReason.RECEIVED, MovementReason.CORRECTED)
    mine = (StockMovement.product_id == product_id, StockMovement.reason.in_(counted))
    return await session.scalar(select(func.max(StockMovement.id)).where(*mine)) or 0


async def receive_once(
    session: AsyncSession,
    user: User,
    product_id: int,
    amount: int,
    *,
    seen: int,
    everything: bool = False,
    now: datetime,
) -> bool:
    """Add units unless the stock was added to or counted since the mark `seen`: a double tap adds once.

    Raises NotFound, also when it is not theirs.
    """
    owned = await get_owned(session, user, product_id, everything=everything)
    if owned.is_parent:
        raise CannotRead(field="variant", given=owned.product.sku, hint="has_variants")
    await session.execute(select(Inventory.product_id).where(Inventory.product_id == product_id).with_for_update())
    if await last_count(session, product_id) != seen:
        return False
    actor = actor_of(user, everything=everything)
    await stock.receive(session, owned.product, amount, actor=actor, note=None, now=now)
    return True

"""Restocking: a seller says how many more there are, or how many there are."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, MovementReason, StockMovement
from shop import stock
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.products.draft import read_change
from shop.products.owned import OwnedProduct, find_by_sku, get_owned
from shop.refusals import CannotRead


async def restock(
    session: AsyncSession,
    by: By,
    wanted: str | int,
    change: str,
    *,
    note: str | None = None,
    now: datetime,
) -> OwnedProduct:
    """Change the stock of the product with this SKU (text) or id (number): "+10" adds ten, "=25" makes it 25.

    Whoever waits for the product is told. Raises NotFound, CannotRead (also for a product that is sold in variants),
    StockWouldGoNegative when orders hold more than what would be left.
    """
    acting = ask(by, Permission.STOCK)
    wish = read_change(change)
    if isinstance(wanted, int):
        owned = await get_owned(session, acting, wanted)
    else:
        owned = await find_by_sku(session, acting, wanted)
    if owned.is_parent:
        raise CannotRead(field="variant", given=owned.product.sku, hint="has_variants")
    if wish.exact:
        await stock.correct(session, owned.product, wish.amount, actor=acting.actor, note=note, now=now)
    else:
        await stock.receive(session, owned.product, wish.amount, actor=acting.actor, note=note, now=now)
    after = await get_owned(session, acting, owned.product.id)
    before = owned.in_stock if wish.exact else after.in_stock - wish.amount
    if after.in_stock != before:
        _note_stock(session, acting, after, before, now)
    return after


async def last_count(session: AsyncSession, product_id: int) -> int:
    """A mark that moves with every delivery and every count, but not with sales: see `receive_once`."""
    counted = (MovementReason.RECEIVED, MovementReason.CORRECTED)
    mine = (StockMovement.product_id == product_id, StockMovement.reason.in_(counted))
    return await session.scalar(select(func.max(StockMovement.id)).where(*mine)) or 0


async def receive_once(
    session: AsyncSession,
    by: By,
    product_id: int,
    amount: int,
    *,
    seen: int,
    now: datetime,
) -> bool:
    """Add units unless the stock was added to or counted since the mark `seen`: a double tap adds once.

    Raises NotFound, also when it is not theirs.
    """
    acting = ask(by, Permission.STOCK)
    owned = await get_owned(session, acting, product_id)
    if owned.is_parent:
        raise CannotRead(field="variant", given=owned.product.sku, hint="has_variants")
    await session.execute(select(Inventory.product_id).where(Inventory.product_id == product_id).with_for_update())
    if await last_count(session, product_id) != seen:
        return False
    await stock.receive(session, owned.product, amount, actor=acting.actor, note=None, now=now)
    after = await get_owned(session, acting, product_id)
    _note_stock(session, acting, after, after.in_stock - amount, now)
    return True


def _note_stock(session: AsyncSession, acting: Acting, owned: OwnedProduct, before: int, now: datetime) -> None:
    data, subject = {"stock": [before, owned.in_stock]}, f"product:{owned.product.id}"
    owner_id = owned.product.owner_id
    events.write(session, acting.actor, "product.restocked", subject, owner_id=owner_id, data=data, now=now)

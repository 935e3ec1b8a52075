"""Handing over: one seller's goods, orders and unread news become another's, in one transaction."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.changes import changes_of
from db.models import (
    Category,
    ImportRun,
    Message,
    Notification,
    Order,
    OrderNote,
    OrderStatus,
    Product,
    Return,
    Review,
    Subscription,
)
from db.writes import changed
from shop.notifications.sellers import SELLER_NEWS
from shop.people.credit_over import hand_credit_over
from shop.subscriptions.stopping import stop

SKU_LENGTH = 64
OPEN = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.SHIPPED)


class Belongings(Struct, frozen=True):
    """What a seller has: products (variants are not counted for themselves), and orders that are not finished."""

    products: int
    open_orders: int


async def belongings(session: AsyncSession, seller_id: int) -> Belongings:
    """How much a seller would leave behind. Two statements."""
    tops = select(func.count()).where(Product.owner_id == seller_id, Product.parent_id.is_(None))
    waiting = select(func.count()).where(Order.owner_id == seller_id, Order.status.in_(OPEN))
    return Belongings(await session.scalar(tops) or 0, await session.scalar(waiting) or 0)


async def hand_over(session: AsyncSession, giver: int, taker: int, *, archive: bool = False, now: datetime) -> None:
    """Give everything of one seller (a user's id) to another: goods, orders old and new and
    the notes about them, what customers wrote and may spend, lists taken in, news not yet delivered.

    Where the taker has a product of the same SKU, the one that comes gets its own id behind it. `archive` takes the
    goods off sale. Carts keep what they hold; a summary that was read before is asked to be looked at again.
    """
    await _make_skus_differ(session, giver, taker)
    values: dict[str, object] = {"owner_id": taker, "updated_at": now}
    mine = update(Product).where(Product.owner_id == giver)
    if archive:
        await changed(session, mine.where(Product.archived_at.is_(None)).values(archived_at=now))
        await stop(session, Subscription.owner_id == giver, now=now)
    await changed(session, mine.values(values))
    await changed(session, update(Subscription).where(Subscription.owner_id == giver).values(owner_id=taker))
    # their time stays: nothing about their money changed, and the books would be compared for every one of them
    # what somebody sold to themselves stays so when it is done: it gives no right to rate what is another's now
    done_with_oneself = and_(Order.user_id == giver, Order.status == OrderStatus.COMPLETED)
    await changed(session, update(Order).where(Order.owner_id == giver, ~done_with_oneself).values(owner_id=taker))
    await changed(session, update(Review).where(Review.owner_id == giver).values(owner_id=taker))
    await changed(session, update(Message).where(Message.seller_id == giver).values(seller_id=taker))
    await changed(session, update(OrderNote).where(OrderNote.owner_id == giver).values(owner_id=taker))
    await changed(session, update(Return).where(Return.owner_id == giver).values(owner_id=taker))
    await changed(session, update(Category).where(Category.owner_id == giver).values(owner_id=taker))
    await changed(session, update(ImportRun).where(ImportRun.owner_id == giver).values(owner_id=taker))
    await hand_credit_over(session, giver, taker, now=now)
    unread = (Notification.user_id == giver, Notification.sent_at.is_(None), Notification.kind.in_(SELLER_NEWS))
    await changed(session, update(Notification).where(*unread).values(user_id=taker))
    changes_of(session).everything = True
    await session.flush()


async def _make_skus_differ(session: AsyncSession, giver: int, taker: int) -> None:
    theirs = aliased(Product)
    same = select(theirs.id).where(theirs.owner_id == taker, theirs.sku_folded == Product.sku_folded)
    for product in await session.scalars(select(Product).where(Product.owner_id == giver, same.exists())):
        ending, sku = f"-{product.id}", product.sku
        while await _is_taken(session, (giver, taker), sku):
            sku = sku[: SKU_LENGTH - len(ending)] + ending
            ending += "-2"
        product.sku = sku
    await session.flush()


async def _is_taken(session: AsyncSession, owners: tuple[int, int], sku: str) -> bool:
    taken = select(Product.id).where(Product.owner_id.in_(owners), Product.sku == sku)
    return await session.scalar(taken.limit(1)) is not None

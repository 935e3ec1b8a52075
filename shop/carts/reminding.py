"""A cart that was left: its person hears of it once, unless they bought something or want no such news."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Cart, CartItem, Order, User
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.notifications.outbox import enqueue
from shop.people.optouts import CART, may_hear
from shop.policy import Policy

OLD = timedelta(days=7)  # what was left before that is left for good
BATCH = 100  # at one tick


async def remind(db: Database, clock: Clock, policy: Policy, *, batch: int = BATCH) -> int:
    """Remind those who left a cart as long ago as the shop says; how many (a flow)."""
    if policy.cart_reminder <= timedelta(0):
        return 0
    return await db.transact(partial(_remind, now=clock.now(), after=policy.cart_reminder, batch=batch))


async def _remind(session: AsyncSession, *, now: datetime, after: timedelta, batch: int) -> int:
    bought = select(Order.id).where(Order.user_id == Cart.user_id).correlate(Cart)
    due = and_(
        Cart.updated_at <= now - after,
        Cart.updated_at > now - after - OLD,
        or_(Cart.reminded_at.is_(None), bought.where(Order.created_at > Cart.reminded_at).exists()),
        ~bought.where(Order.created_at >= Cart.updated_at).exists(),
    )
    holds = select(CartItem.id).where(CartItem.cart_id == Cart.id).correlate(Cart).exists()
    query = (
        select(Cart.id, Cart.user_id, Cart.version)
        .join(User, User.id == Cart.user_id)
        .where(due, holds, may_hear(CART))
        .order_by(Cart.updated_at)
        .limit(batch)
    )
    told = 0
    for cart_id, user_id, version in (await session.execute(query)).all():
        as_read = (Cart.id == cart_id, Cart.version == version)
        if await changed(session, update(Cart).where(*as_read).values(reminded_at=now)):
            key = f"cart:{cart_id}:{version}"
            told += await enqueue(session, user_id=user_id, kind="cart_left", data={}, dedupe_key=key, now=now)
    return told

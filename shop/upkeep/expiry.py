"""What the shop does when nobody asks: orders that were not paid expire, buyers are asked for their stars."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, User
from db.ordering import along
from db.session import Database, is_away
from db.writes import changed
from shop.clock import Clock
from shop.notifications.operators import tell_operators
from shop.notifications.outbox import enqueue
from shop.orders.moves import cancel_pending
from shop.payments.closing import close_attempts
from shop.payments.fulfil import EXPIRED
from shop.people.optouts import REVIEWS, wants
from shop.policy import Policy
from shop.ports import Provider, ProviderError

BATCH = 100
# A provider that cannot be reached for so long keeps no stock from other buyers: money that still comes revives the
# order or goes back.
PATIENCE = timedelta(hours=1)
log = structlog.get_logger()


async def expire_orders(
    db: Database, providers: Mapping[str, Provider], clock: Clock, policy: Policy, *, page: int = BATCH
) -> int:
    """Cancel orders whose hold ran out, let go of their stock and tell the customers; how many (a flow).

    Open payments are closed at their provider first; one that turns out to be paid is settled, and its order lives.
    """
    expired, now, last = 0, clock.now(), None
    while orders := await _due(db, now, last, page):
        for order_id, expires_at in orders:
            try:
                expired += await _end(db, providers, order_id, expires_at, clock, policy)
            except Exception as error:
                if is_away(error):
                    raise
                log.exception("order_not_expired", order=order_id)
                why = f"{type(error).__name__}; the log says where"
                await db.transact(partial(_tell_stuck, order_id=order_id, why=why, policy=policy, now=clock.now()))
        last = orders[-1]
    return expired


async def _due(db: Database, now: datetime, last: tuple[int, datetime] | None, page: int) -> list[tuple[int, datetime]]:
    """The next orders whose hold ran out: page by page, so that those which cannot end yet hide no others."""
    query = select(Order.id, Order.expires_at).where(Order.status == OrderStatus.PENDING, Order.expires_at <= now)
    if last is not None:
        order_id, expires_at = last
        query = query.where(
            or_(Order.expires_at > expires_at, and_(Order.expires_at == expires_at, Order.id > order_id))
        )
    async with db.read() as session:
        rows = await session.execute(query.order_by(Order.expires_at, Order.id).limit(page))
        return [(order_id, expires_at) for order_id, expires_at in rows.all() if expires_at is not None]


async def _end(
    db: Database,
    providers: Mapping[str, Provider],
    order_id: int,
    expires_at: datetime,
    clock: Clock,
    policy: Policy,
) -> bool:
    try:
        paid = await close_attempts(db, providers, order_id, policy=policy, clock=clock, strict=True)
    except ProviderError:
        if clock.now() < expires_at + PATIENCE:
            return False
        paid = False
    return not paid and await db.transact(partial(_expire, order_id=order_id, clock=clock))


async def _tell_stuck(session: AsyncSession, *, order_id: int, why: str, policy: Policy, now: datetime) -> None:
    await tell_operators(
        session, "order_stuck", policy=policy, seller_id=None, key=str(order_id), now=now, order_id=order_id, why=why
    )


async def _expire(session: AsyncSession, order_id: int, clock: Clock) -> bool:
    now = clock.now()
    still_due = Order.expires_at <= now  # a payment that was about to be taken may have extended the hold
    return await cancel_pending(
        session, order_id, actor="system:expiry", cause=EXPIRED, reason=EXPIRED, only_if=still_due, now=now
    )


async def request_reviews(db: Database, clock: Clock, policy: Policy) -> int:
    """Ask for stars some time after an order was completed, once an order; how many were asked (a flow)."""
    return await db.transact(partial(_request_reviews, clock=clock, policy=policy))


async def _request_reviews(session: AsyncSession, clock: Clock, policy: Policy) -> int:
    now = clock.now()
    query = (
        select(Order.id, Order.user_id, Order.owner_id, wants(REVIEWS).label("wanted"))
        .join(User, User.id == Order.user_id)
        .where(Order.review_asked_at.is_(None), Order.completed_at <= now - policy.review_after)
        .order_by(*along(session, [Order.review_asked_at], [Order.completed_at]))
        .limit(policy.review_batch)
    )
    asked = 0
    for order_id, user_id, owner_id, wanted in (await session.execute(query)).all():
        mine = (Order.id == order_id, Order.review_asked_at.is_(None))
        if await changed(session, update(Order).where(*mine).values(review_asked_at=now)):
            if user_id == owner_id or not wanted:
                continue  # nobody rates what they sell
            asked += 1
            await enqueue(
                session,
                user_id=user_id,
                kind="review_request",
                data={"order_id": order_id},
                dedupe_key=f"order:{order_id}:review_request",
                now=now,
            )
    return asked

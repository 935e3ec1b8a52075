"""What is paid every month: it lasts as long as it was paid, ends in time, and Telegram is told what was decided."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, Payment, Subscription, SubscriptionPeriod, SubscriptionState
from shop.doctor.finding import Finding, some
from shop.subscriptions.rule import GRACE

LATE = timedelta(hours=6)


async def months_are_paid(session: AsyncSession, _now: datetime) -> list[Finding]:
    """A month that was paid and kept has its subscription, and this lasts as long as its last month."""
    kept = (Payment.payment_date.is_not(None), Payment.refunded_amount < Payment.amount)
    lonely = (
        select(Order.id)
        .join(Payment, Payment.order_id == Order.id)
        .outerjoin(SubscriptionPeriod, SubscriptionPeriod.order_id == Order.id)
        .where(Order.month.is_not(None), Order.status == OrderStatus.COMPLETED, *kept, SubscriptionPeriod.id.is_(None))
        .order_by(Order.id)
    )
    last = (
        select(SubscriptionPeriod.subscription_id, func.max(SubscriptionPeriod.until).label("until"))
        .join(Payment, Payment.order_id == SubscriptionPeriod.order_id)
        .where(*kept)
        .group_by(SubscriptionPeriod.subscription_id)
        .subquery()
    )
    wrong = (
        select(Subscription.id, Subscription.paid_until, last.c.until)
        .join(last, last.c.subscription_id == Subscription.id)
        .where(last.c.until != Subscription.paid_until)
        .order_by(Subscription.id)
    )
    return [
        Finding(
            "months_are_paid",
            f"order {order_id}",
            "a month was paid and belongs to no subscription",
            f"Give it back with /refund {order_id}",
        )
        for (order_id,) in await some(session, lonely)
    ] + [
        Finding(
            "months_are_paid",
            f"subscription {number}",
            f"it says that it is paid until {said:%Y-%m-%d}, its months until {paid:%Y-%m-%d}",
            "Correct paid_until in the table subscriptions",
        )
        for number, said, paid in await some(session, wrong)
    ]


async def subscriptions_end(session: AsyncSession, now: datetime) -> list[Finding]:
    """What is paid no more has ended, and what Telegram was to be told was told within hours."""
    query = (
        select(Subscription.id, Subscription.wish)
        .where(
            or_(
                (Subscription.state != SubscriptionState.ENDED) & (Subscription.paid_until < now - GRACE - LATE),
                Subscription.wish.is_not(None) & (Subscription.updated_at < now - LATE),
            )
        )
        .order_by(Subscription.id)
    )
    return [
        Finding(
            "subscriptions_end",
            f"subscription {number}",
            "it is over, and still open" if wish is None else f"Telegram was not told yet: {wish}",
            "Is the shop running? If it is, read the log for this subscription",
        )
        for number, wish in await some(session, query)
    ]

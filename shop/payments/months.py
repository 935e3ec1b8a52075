"""Months of a subscription: each charge is an order of its own, and says until when the goods are theirs.

Why an order a month: docs/decisions/an-order-a-month.md.
"""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    AttemptState,
    Order,
    OrderEvent,
    OrderItem,
    OrderStatus,
    Payment,
    PaymentAttempt,
    Product,
    Subscription,
    SubscriptionPeriod,
    SubscriptionState,
)
from db.models.subscription import FIRST, RENEWED
from shop.notifications.outbox import enqueue
from shop.orders.parts import load_items
from shop.payments.requests import new_token
from shop.payments.rows import changed, write_another
from shop.people.bans import must_be_served
from shop.ports import ProviderEvent
from shop.refusals import NotForSale, NotServed
from shop.subscriptions import rule
from shop.subscriptions.reading import held
from shop.subscriptions.refusals import SubscribedAlready
from shop.subscriptions.stopping import stop

__all__ = ["RENEWED", "SUBSCRIBED_TWICE", "UNWANTED", "must_be_free", "note", "problem_of", "recount", "renewal_of"]

SUBSCRIBED_TWICE = "subscribed_twice"  # the customer's words for a second subscription to the same goods
UNWANTED = "month_unwanted"  # and for a month that the shop did not want to sell any more

_COPIED = (
    *("user_id", "owner_id", "kind", "subtotal", "tax", "tax_within", "tax_country"),
    *("total_price", "currency", "payment_method"),
)
_COPIED_LINE = (
    *("product_id", "name", "texts", "quantity", "price", "discount"),
    *("tax_class", "tax_rate", "tax", "tax_within"),
)


async def must_be_free(session: AsyncSession, order: Order) -> None:
    """Before the first month is charged: its person has it not yet, it is still sold, and to them.

    Raises SubscribedAlready, NotForSale, NotServed. Orders of other goods pass.
    """
    if order.month is None:
        return
    line = await _line(session, order)
    if await held(session, order.user_id, line.product_id) is not None:
        raise SubscribedAlready(product_id=line.product_id)
    if not await _is_sold(session, line.product_id):
        raise NotForSale(product=line.name)
    await must_be_served(session, order.user_id, order.owner_id)


async def renewal_of(
    session: AsyncSession, order: Order, attempt: PaymentAttempt, event: ProviderEvent, *, now: datetime
) -> tuple[Order, PaymentAttempt] | None:
    """The order and the attempt of a further month, written now; None when this charge is none, or is known.

    `order` is the first month's, locked, with its items: whoever hears of the same charge waits for it.
    """
    if order.month is None or attempt.state is not AttemptState.PAID or event.charge_id in {None, attempt.charge_id}:
        return None
    known = select(PaymentAttempt.id).where(
        PaymentAttempt.provider == event.provider, PaymentAttempt.charge_id == event.charge_id
    )
    if await session.scalar(known) is not None:
        return None
    month = Order(
        **{name: getattr(order, name) for name in _COPIED},
        discount=0,
        shipping=0,
        month=RENEWED,
        status=OrderStatus.PENDING,
        checkout_key=f"month.{new_token()}",
        expires_at=now,
        review_asked_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(month)
    await session.flush()
    session.add_all(
        OrderItem(order_id=month.id, **{name: getattr(line, name) for name in _COPIED_LINE}) for line in order.items
    )
    session.add(
        OrderEvent(
            order_id=month.id,
            to_status=OrderStatus.PENDING,
            actor=f"provider:{event.provider}",
            cause="renewed",
            created_at=now,
        )
    )
    again = await write_another(session, attempt, month.id, now=now)
    await load_items(session, month)
    return month, again


async def problem_of(session: AsyncSession, order: Order, charge: PaymentAttempt) -> str | None:
    """Why this month cannot be kept; None when it can, and for all other orders."""
    if order.month is None:
        return None
    line = await _line(session, order)
    if order.month == FIRST:
        return SUBSCRIBED_TWICE if await held(session, order.user_id, line.product_id) is not None else None
    mine = await _of(session, charge)
    wanted = mine is not None and rule.is_wanted(mine) and await _is_sold(session, line.product_id)
    try:
        await must_be_served(session, order.user_id, order.owner_id)
    except NotServed:
        wanted = False
    return None if wanted else UNWANTED


async def note(
    session: AsyncSession,
    order: Order,
    charge: PaymentAttempt,
    event: ProviderEvent,
    problem: str | None,
    *,
    now: datetime,
) -> None:
    """Write down what a charge means for its subscription: begun, gone on with, or not to be charged again."""
    if order.month is None or event.charge_id is None:
        return
    until = event.until or now + rule.PERIOD
    mine = await _of(session, charge)
    if mine is None:
        mine = await _begin(session, order, charge, event.charge_id, until, ends=problem is not None, now=now)
    if problem is not None:
        await stop(session, Subscription.id == mine.id, by=mine.stopped_by or rule.SHOP, now=now)
        return
    earliest = await session.scalar(
        select(func.min(SubscriptionPeriod.until)).where(SubscriptionPeriod.subscription_id == mine.id)
    )
    session.add(SubscriptionPeriod(subscription_id=mine.id, order_id=order.id, until=until, created_at=now))
    if earliest is not None and until < earliest:  # the first month, heard of after a later one
        mine.charge_id = event.charge_id
    if until > mine.paid_until:
        mine.paid_until, mine.state, mine.stopped_by = until, SubscriptionState.ACTIVE, None
    mine.updated_at = now
    await session.flush()
    if order.month == RENEWED:
        await enqueue(
            session,
            user_id=order.user_id,
            kind="subscription_renewed",
            data={"subscription_id": mine.id, "order_id": order.id},
            dedupe_key=f"subscription:{mine.id}:order:{order.id}",
            now=now,
        )


async def recount(session: AsyncSession, order: Order, *, now: datetime) -> None:
    """A month was given back, or not after all: its subscription is paid until the last month that is kept."""
    period = await session.scalar(select(SubscriptionPeriod).where(SubscriptionPeriod.order_id == order.id))
    if period is None:
        return
    mine = await session.get_one(Subscription, period.subscription_id, with_for_update=True, populate_existing=True)
    kept = (
        select(func.max(SubscriptionPeriod.until))
        .join(Payment, Payment.order_id == SubscriptionPeriod.order_id)
        .where(SubscriptionPeriod.subscription_id == mine.id, Payment.refunded_amount < Payment.amount)
    )
    until = await session.scalar(kept)
    paid_until = min(mine.created_at, now) if until is None else until
    if paid_until == mine.paid_until:
        return
    values = {"paid_until": paid_until, "updated_at": now}
    await changed(session, update(Subscription).where(Subscription.id == mine.id).values(values))
    if paid_until <= now:
        await stop(session, Subscription.id == mine.id, by=rule.REFUNDED, now=now)
    await session.refresh(mine)


async def _begin(
    session: AsyncSession,
    order: Order,
    charge: PaymentAttempt,
    charge_id: str,
    until: datetime,
    *,
    ends: bool,
    now: datetime,
) -> Subscription:
    line = await _line(session, order)
    mine = Subscription(
        user_id=order.user_id,
        owner_id=order.owner_id,
        product_id=line.product_id,
        order_id=order.id,
        payload=str(charge.request["payload"]),
        charge_id=charge_id,
        price=order.total_price,
        state=SubscriptionState.CANCELLED if ends else SubscriptionState.ACTIVE,
        paid_until=now if ends else until,
        tries=0,
        created_at=now,
        updated_at=now,
    )
    session.add(mine)
    await session.flush()
    return mine


async def _of(session: AsyncSession, charge: PaymentAttempt) -> Subscription | None:
    query = select(Subscription).where(Subscription.payload == str(charge.request["payload"])).with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def _line(session: AsyncSession, order: Order) -> OrderItem:
    return (await session.scalars(select(OrderItem).where(OrderItem.order_id == order.id).limit(1))).one()


async def _is_sold(session: AsyncSession, product_id: int) -> bool:
    query = select(Product.id).where(Product.id == product_id, Product.archived_at.is_(None))
    return await session.scalar(query) is not None

"""The gate before a charge inside Telegram: the last moment at which we can say no."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, PaymentAttempt, ProductKind, User
from shop.checkout.weighing import no_way
from shop.orders.quotes import must_be_agreed
from shop.payments import delivery
from shop.payments.deadline import latest
from shop.payments.fulfil import EXPIRED
from shop.payments.months import must_be_free
from shop.payments.rows import lock_order, reread_attempt, summary_of
from shop.payments.settle import NOT_DECIDED, hold_longer
from shop.policy import Policy, ShippingOption
from shop.refusals import (
    AddressNeeded,
    AlreadyPaid,
    AmountMismatch,
    BeingPaid,
    NotFound,
    OrderCancelled,
    OrderExpired,
    PaymentClosed,
)

ONE_SHEET = timedelta(seconds=60)  # so long an approved sheet keeps the others of its order out

_BY_PAYLOAD = (
    select(PaymentAttempt.id, PaymentAttempt.order_id, User.telegram_id)
    .join(Order, Order.id == PaymentAttempt.order_id)
    .join(User, User.id == Order.user_id)
    .where(PaymentAttempt.idempotency_key == bindparam("payload"))
)


_APPROVED_LATELY = (
    select(PaymentAttempt.id)
    .where(
        PaymentAttempt.order_id == bindparam("order"),
        PaymentAttempt.state.in_(NOT_DECIDED),
        PaymentAttempt.approved_at > bindparam("lately"),
    )
    .limit(1)
)


class Sheet(Struct, frozen=True):
    """What the payment sheet says before it charges; `total` in our minor units, with the tip."""

    payload: str
    telegram_id: int
    currency: str
    total: int
    shipping_option: str | None = None
    address: Mapping[str, Any] | None = None


async def check_pre_checkout(session: AsyncSession, sheet: Sheet, *, policy: Policy, now: datetime) -> Order:
    """Agree to exactly one charge: right person, order pending and held, amounts equal; the hold is extended.

    The address and the shipping option become the order's.
    Raises NotFound, AlreadyPaid, BeingPaid, OrderExpired, OrderCancelled, PaymentClosed, NotDeliverable, AddressNeeded,
    AmountMismatch; of a month also SubscribedAlready, NotForSale, NotServed.
    """
    order, attempt = await _find(session, sheet.payload, sheet.telegram_id)
    await must_be_payable(session, order, attempt, now=now)
    await must_be_free(session, order)
    if order.kind is ProductKind.PHYSICAL and attempt.request.get("needs_address"):
        address = sheet.address or order.address
        if not address:
            raise AddressNeeded(order_id=order.id)
        await delivery.send_to(session, order, option_id=sheet.shipping_option, address=address, policy=policy, now=now)
    if order.kind is ProductKind.PHYSICAL and not order.address:
        raise AddressNeeded(order_id=order.id)
    tip = sheet.total - order.due
    if sheet.currency != order.currency or not 0 <= tip <= int(attempt.request.get("max_tip", 0)):
        raise AmountMismatch(order_id=order.id)
    await hold_longer(session, order, min(now + policy.checkout_extension, latest(order, policy)), now=now)
    attempt.approved_at = now
    await session.flush()
    return order


async def shipping_options(
    session: AsyncSession, *, payload: str, telegram_id: int, country: str, policy: Policy, now: datetime
) -> tuple[Order, tuple[ShippingOption, ...]]:
    """The order, and the ways to send it to a country (ISO 3166 alpha-2).

    Raises NotDeliverable when there is none, and what `check_pre_checkout` raises for an order that cannot be paid.
    """
    order, attempt = await _find(session, payload, telegram_id)
    await must_be_payable(session, order, attempt, now=now)
    options = delivery.options_for(policy, country, order.weight)
    if not options:
        raise no_way(policy, country, order.weight)
    return order, delivery.priced(order, options)


async def _find(session: AsyncSession, payload: str, telegram_id: int) -> tuple[Order, PaymentAttempt]:
    found = (await session.execute(_BY_PAYLOAD, {"payload": payload})).one_or_none()
    if found is None or found.telegram_id != telegram_id:
        raise NotFound
    order = await lock_order(session, found.order_id)
    if order is None:
        raise NotFound
    return order, await reread_attempt(session, found.id)


async def must_be_payable(session: AsyncSession, order: Order, attempt: PaymentAttempt, *, now: datetime) -> None:
    """Raise AlreadyPaid, OrderCancelled, OrderExpired, PaymentClosed or BeingPaid: this locked order waits no more."""
    if (await summary_of(session, order, now=now)).payment_date is not None:
        raise AlreadyPaid(order_id=order.id)
    if order.status is OrderStatus.CANCELLED and order.cancel_reason != EXPIRED:
        raise OrderCancelled(order_id=order.id)
    late = order.expires_at is not None and order.expires_at <= now
    if order.status is OrderStatus.CANCELLED or (order.status is OrderStatus.PENDING and late):
        raise OrderExpired(order_id=order.id)
    if order.status is not OrderStatus.PENDING or attempt.state not in NOT_DECIDED:
        raise PaymentClosed(order_id=order.id)
    must_be_agreed(order)
    await must_not_be_paid_elsewhere(session, order, PaymentAttempt.id != attempt.id, now=now)


async def must_not_be_paid_elsewhere(
    session: AsyncSession, order: Order, elsewhere: ColumnElement[bool], *, now: datetime
) -> None:
    """Raise BeingPaid when an attempt `elsewhere` of this locked order was approved a moment ago."""
    others = _APPROVED_LATELY.where(elsewhere)
    if await session.scalar(others, {"order": order.id, "lately": now - ONE_SHEET}) is not None:
        raise BeingPaid(order_id=order.id)

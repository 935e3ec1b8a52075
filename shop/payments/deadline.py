"""How long an order may hold its stock, whatever ways to pay are tried, and how often one may be tried."""

from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, PaymentAttempt
from shop.policy import Policy
from shop.ports import Provider
from shop.refusals import TooLateToSwitch, TooManyAttempts

MOST_ATTEMPTS = 20  # of one order

_TRIED = select(func.count()).select_from(PaymentAttempt).where(PaymentAttempt.order_id == bindparam("order"))


def latest(order: Order, policy: Policy) -> datetime:
    """The moment from which the order holds nothing, fixed when it was placed, or when its price was agreed."""
    return _begun(order) + policy.longest_hold


def _begun(order: Order) -> datetime:
    """Since when it can be paid."""
    return order.quoted_at or order.created_at


def hold_until(order: Order, provider: Provider, *, policy: Policy, now: datetime) -> datetime:
    """Until when the stock is held if the order is paid this way from now on (a rule).

    By hand it is counted from the order, so that changing back and forth wins nothing; a page needs its whole time
    from now on. Raises TooLateToSwitch when that time is not left.
    """
    if provider.by_hand:
        return min(_begun(order) + provider.hold, latest(order, policy))
    if now + provider.hold > latest(order, policy):
        raise TooLateToSwitch(order_id=order.id, method=provider.name)
    return now + provider.hold


async def must_not_be_tried_too_often(session: AsyncSession, order: Order) -> None:
    """One statement. Raises TooManyAttempts."""
    if (await session.scalars(_TRIED, {"order": order.id})).one() >= MOST_ATTEMPTS:
        raise TooManyAttempts(order_id=order.id)

"""A customer's bank asks for the money back: written down, told to operators and seller, counted when it is lost."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, PaymentAttempt, Refund, RefundState
from shop.orders.sights import follow
from shop.payments import alerts
from shop.payments.reserve import reserve_from, restate
from shop.policy import Policy
from shop.ports import EventKind, ProviderEvent


async def note(
    session: AsyncSession, order: Order, charge: PaymentAttempt, event: ProviderEvent, *, policy: Policy, now: datetime
) -> bool:
    """Apply news about a dispute of a locked order; False when there was nothing to change.

    A lost dispute took the money: it is kept as a refund that the bank made, so that the ledger adds up.
    """
    news = True
    if event.kind is EventKind.DISPUTE_LOST:
        news = await _count_lost(session, order, charge, event, now=now)
    await restate(session, order, now=now, disputed=event.kind is EventKind.DISPUTED)
    code = {EventKind.DISPUTED: "disputed", EventKind.DISPUTE_WON: "dispute_won"}.get(event.kind, "dispute_lost")
    key = f"{charge.id}:{event.refund_reference or ''}"[:64]
    amount, currency = event.amount or charge.captured_amount, event.currency or charge.currency
    await alerts.tell_operators_of(
        session,
        order,
        code,
        key=key,
        amount=amount,
        currency=currency,
        policy=policy,
        now=now,
        provider=event.provider,
        why=event.note[:255],
    )
    # A seller who operates the shop hears both: what to answer, and what to do with the goods.
    await follow(session, order.id, key=f"{code}:{key}", now=now)
    about = f"{code}_goods"
    await alerts.tell_seller(session, order, about, key=key, now=now, amount=amount, currency=currency)
    return news


async def _count_lost(
    session: AsyncSession, order: Order, charge: PaymentAttempt, event: ProviderEvent, *, now: datetime
) -> bool:
    known = select(Refund.id).where(Refund.attempt_id == charge.id, Refund.reference == event.refund_reference)
    if await session.scalar(known) is not None:
        return False
    left = charge.captured_amount - charge.refunded_amount
    amount = min(event.amount or left, left)
    refund = await reserve_from(
        session, order, charge, amount, reason="dispute lost", actor=f"provider:{event.provider}", now=now
    )
    if refund is None:
        return False
    refund.state = RefundState.SUCCEEDED
    refund.reference = event.refund_reference
    await session.flush()
    return True

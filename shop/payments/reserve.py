"""What may still be given back: taken by conditional UPDATEs before anybody is asked, returned when it failed."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment, PaymentAttempt, PaymentStatus, Refund, RefundState
from shop.payments.months import recount
from shop.payments.requests import new_token
from shop.payments.rows import changed, summary_of


async def reserve_from(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    order: Order,
    charge: PaymentAttempt,
    amount: int,
    *,
    reason: str,
    actor: str,
    key: str | None = None,
    to_credit: bool = False,
    now: datetime,
) -> Refund | None:
    """Take `amount` (minor units) of a charge for a refund and write the refund down; None when that much is not left.

    `key` becomes its idempotency key, where whoever asks can name what they ask for (≤ 64 characters). `to_credit`: it
    becomes store credit.

    The two UPDATEs carry their own bounds, so that refunds racing each other never exceed what was captured.
    """
    if amount <= 0:
        return None
    taken = update(PaymentAttempt).where(
        PaymentAttempt.id == charge.id, PaymentAttempt.captured_amount - PaymentAttempt.refunded_amount >= amount
    )
    values = {"refunded_amount": PaymentAttempt.refunded_amount + amount, "updated_at": now}
    if not await changed(session, taken.values(values)):
        return None
    currency = charge.captured_currency or charge.currency
    summary = await summary_of(session, order, now=now)
    if currency == summary.currency:
        counted = update(Payment).where(Payment.id == summary.id, Payment.amount - Payment.refunded_amount >= amount)
        if not await changed(session, counted.values(refunded_amount=Payment.refunded_amount + amount, updated_at=now)):
            message = f"the summary of order {order.id} disagrees with its charges"
            raise RuntimeError(message)
    refund = Refund(
        order_id=order.id,
        attempt_id=charge.id,
        amount=amount,
        currency=currency,
        reason=reason,
        actor=actor,
        state=RefundState.CREATED,
        idempotency_key=key or new_token(),
        to_credit=to_credit,
        attempts=0,
        run_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(refund)
    await session.flush()
    return refund


async def give_back(session: AsyncSession, order: Order, refund: Refund, *, now: datetime) -> None:
    """Make the amount of a failed refund refundable again; call once, by whoever moved the refund to FAILED."""
    await changed(
        session,
        update(PaymentAttempt)
        .where(PaymentAttempt.id == refund.attempt_id, PaymentAttempt.refunded_amount >= refund.amount)
        .values(refunded_amount=PaymentAttempt.refunded_amount - refund.amount, updated_at=now),
    )
    summary = await summary_of(session, order, now=now)
    if refund.currency == summary.currency:
        await changed(
            session,
            update(Payment)
            .where(Payment.id == summary.id, Payment.refunded_amount >= refund.amount)
            .values(refunded_amount=Payment.refunded_amount - refund.amount, updated_at=now),
        )
    await restate(session, order, now=now)


async def restate(session: AsyncSession, order: Order, *, now: datetime, disputed: bool | None = None) -> None:
    """Say in the summary of a locked order what became of its money; an open dispute stays until it is decided."""
    summary = await summary_of(session, order, now=now)
    if disputed is None:
        disputed = summary.payment_status is PaymentStatus.DISPUTED
    kept = summary.amount - summary.refunded_amount
    if disputed:
        status = PaymentStatus.DISPUTED
    elif summary.amount and not kept:
        status = PaymentStatus.REFUNDED
    elif summary.payment_date is None:
        status = PaymentStatus.PENDING
    else:
        whole = kept >= order.total_price + summary.tip
        status = PaymentStatus.COMPLETED if whole else PaymentStatus.PARTLY_REFUNDED
    if order.month is not None:
        await recount(session, order, now=now)
    summary.payment_status = status
    summary.updated_at = now
    await session.flush()

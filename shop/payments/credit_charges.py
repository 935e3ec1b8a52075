"""Store credit as money: booked as a charge of its own, in the transaction in which its order is paid."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, Payment, PaymentAttempt
from shop import credit
from shop.payments.methods import CREDIT
from shop.payments.requests import new_token
from shop.payments.rows import changed, summary_of


async def book(session: AsyncSession, order: Order, *, now: datetime) -> None:
    """A locked order is paid: the credit that it held is spent, and is a charge like any other, once an order.

    So the books need no rule of their own for it, and what is given back is never more than came.
    """
    if not await credit.spend(session, order, now=now):
        return
    name = f"{CREDIT}:{order.id}"
    charge = PaymentAttempt(
        order_id=order.id,
        provider=CREDIT,
        reference=name,
        charge_id=name,
        idempotency_key=new_token(),
        state=AttemptState.PAID,
        amount=order.credit,
        currency=order.currency,
        captured_amount=order.credit,
        captured_currency=order.currency,
        refunded_amount=0,
        request={},
        paid_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(charge)
    summary = await summary_of(session, order, now=now)
    more = update(Payment).where(Payment.id == summary.id)
    await changed(session, more.values(amount=Payment.amount + order.credit, updated_at=now))
    await session.flush()

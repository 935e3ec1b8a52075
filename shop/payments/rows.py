"""Finding and locking the rows of money: always the order first, then its payment and attempts."""

from datetime import datetime

from sqlalchemy import Update, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from db import writes
from db.models import Order, Payment, PaymentAttempt, PaymentStatus
from shop.ports import ProviderEvent


async def lock_order(session: AsyncSession, order_id: int, *, with_items: bool = False) -> Order | None:
    """The order, read anew and held until the transaction ends (on SQLite the writer's lock does that)."""
    query = select(Order).where(Order.id == order_id).with_for_update().execution_options(populate_existing=True)
    if with_items:
        query = query.options(selectinload(Order.items))
    return await session.scalar(query)


async def find_attempt(session: AsyncSession, event: ProviderEvent) -> PaymentAttempt | None:
    """The attempt an event speaks of: by the provider's name for it, by ours, or by the charge."""
    mine = PaymentAttempt.provider == event.provider
    ways = (
        (event.reference, and_(mine, PaymentAttempt.reference == event.reference)),
        (event.payload, and_(mine, PaymentAttempt.idempotency_key == event.payload)),
        (event.charge_id, and_(mine, PaymentAttempt.charge_id == event.charge_id)),
        # A card paid in the chat is a charge at the bank side too, whose own events name it like this.
        (event.provider_charge_id, PaymentAttempt.provider_charge_id == event.provider_charge_id),
    )
    for value, matches in ways:
        if value:
            found = await session.scalar(select(PaymentAttempt).where(matches).order_by(PaymentAttempt.id).limit(1))
            if found is not None:
                return found
    return None


async def reread_attempt(session: AsyncSession, attempt_id: int) -> PaymentAttempt:
    """The attempt as it is now, held until the transaction ends; call with its order locked."""
    query = select(PaymentAttempt).where(PaymentAttempt.id == attempt_id).with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def summary_of(session: AsyncSession, order: Order, *, now: datetime) -> Payment:
    """The payment summary of a locked order, read anew; written when there is none yet."""
    query = select(Payment).where(Payment.order_id == order.id).execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        found = Payment(
            order_id=order.id,
            payment_status=PaymentStatus.PENDING,
            amount=0,
            refunded_amount=0,
            tip=0,
            currency=order.currency,
            payment_method=order.payment_method,
            created_at=now,
            updated_at=now,
        )
        session.add(found)
        await session.flush()
    return found


async def changed(session: AsyncSession, statement: Update) -> bool:
    """Run a conditional UPDATE of one row and say whether it was this call that changed it."""
    return await writes.changed(session, statement) == 1

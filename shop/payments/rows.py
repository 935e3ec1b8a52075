"""Finding and locking the rows of money: always the order first, then its payment and attempts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from db import writes
from db.models import AttemptState, Order, Payment, PaymentAttempt, PaymentStatus
from shop.orders.parts import load_items
from shop.payments.requests import new_token
from shop.ports import ProviderEvent

# built once: building one costs more than running it
_ORDER = select(Order).where(Order.id == bindparam("order")).with_for_update().execution_options(populate_existing=True)
_ATTEMPT = (
    select(PaymentAttempt)
    .where(PaymentAttempt.id == bindparam("attempt"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_SUMMARY = select(Payment).where(Payment.order_id == bindparam("order")).execution_options(populate_existing=True)
_FIRST = select(PaymentAttempt).order_by(PaymentAttempt.id).limit(1)
_OF_PROVIDER = _FIRST.where(PaymentAttempt.provider == bindparam("provider"))
_BY_REFERENCE = _OF_PROVIDER.where(PaymentAttempt.reference == bindparam("value"))
_BY_KEY = _OF_PROVIDER.where(PaymentAttempt.idempotency_key == bindparam("value"))
_BY_CHARGE = _OF_PROVIDER.where(PaymentAttempt.charge_id == bindparam("value"))
_BY_PROVIDER_CHARGE = _FIRST.where(PaymentAttempt.provider_charge_id == bindparam("value"))


async def lock_order(session: AsyncSession, order_id: int, *, with_items: bool = False) -> Order | None:
    """The order, read anew and held until the transaction ends (on SQLite the writer's lock does that)."""
    order = await session.scalar(_ORDER, {"order": order_id})
    if with_items and order is not None:
        await load_items(session, order)
    return order


async def find_attempt(session: AsyncSession, event: ProviderEvent) -> PaymentAttempt | None:
    """The attempt an event speaks of: by the provider's name for it, by ours, or by the charge."""
    for value, query in (
        (event.reference, _BY_REFERENCE),
        (event.payload, _BY_KEY),
        (event.charge_id, _BY_CHARGE),
    ):
        if value:
            found = await session.scalar(query, {"provider": event.provider, "value": value})
            if found is not None:
                return found
    # A card paid in the chat is a charge at the bank side too, whose own events name it like this.
    if not event.provider_charge_id:
        return None
    return await session.scalar(_BY_PROVIDER_CHARGE, {"value": event.provider_charge_id})


async def reread_attempt(session: AsyncSession, attempt_id: int) -> PaymentAttempt:
    """The attempt as it is now, held until the transaction ends; call with its order locked."""
    return (await session.scalars(_ATTEMPT, {"attempt": attempt_id})).one()


async def summary_of(session: AsyncSession, order: Order, *, now: datetime) -> Payment:
    """The payment summary of a locked order, read anew; written when there is none yet."""
    found = await session.scalar(_SUMMARY, {"order": order.id})
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


async def changed(session: AsyncSession, statement: Update, values: Mapping[str, Any] | None = None) -> bool:
    """Run a conditional UPDATE of one row and say whether it was this call that changed it."""
    return await writes.changed(session, statement, values) == 1


async def write_another(session: AsyncSession, like: PaymentAttempt, order_id: int, *, now: datetime) -> PaymentAttempt:
    """One more open attempt with what this one asked for: a second charge of its order, or another month's order."""
    another = PaymentAttempt(
        order_id=order_id,
        provider=like.provider,
        reference=None,
        idempotency_key=new_token(),
        state=AttemptState.OPEN,
        amount=like.amount,
        currency=like.currency,
        captured_amount=0,
        refunded_amount=0,
        request=like.request,
        created_at=now,
        updated_at=now,
    )
    session.add(another)
    await session.flush()
    return another

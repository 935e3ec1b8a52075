"""Invoices in the chat: where each stands, so that one that cannot be paid any more is taken away.

A sheet of Telegram's cannot be closed, only its message deleted. Which message it is, is noted on the attempt; what is
to be deleted is a notification like any other: written with the decision, delivered at least once.
"""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, PaymentAttempt
from shop.notifications.outbox import enqueue
from shop.payments.rows import changed, lock_order

OVER = "invoice_over"
LIVE = (AttemptState.CREATED, AttemptState.OPEN)

_BY_PAYLOAD = select(PaymentAttempt.order_id).where(PaymentAttempt.idempotency_key == bindparam("payload"))
_SHOWN = (
    select(PaymentAttempt)
    .where(PaymentAttempt.order_id == bindparam("order"), PaymentAttempt.state != AttemptState.PAID)
    .order_by(PaymentAttempt.id)
    .execution_options(populate_existing=True)
)
_NOTE = update(PaymentAttempt).where(PaymentAttempt.id == bindparam("attempt")).values(message_id=bindparam("message"))


async def note_shown(session: AsyncSession, payload: str, message_id: int, *, now: datetime) -> None:
    """Note which message shows the invoice of a payment: every other invoice of its order is taken away.

    So is the message itself, where the payment was closed while it was on its way. A paid one stays: it is the receipt.
    """
    order_id = await session.scalar(_BY_PAYLOAD, {"payload": payload})
    order = await lock_order(session, order_id) if order_id is not None else None
    if order is None:
        return
    for attempt in await session.scalars(_SHOWN, {"order": order.id}):
        this = attempt.idempotency_key == payload
        if attempt.message_id is not None and attempt.message_id != message_id:
            await _take_away(session, order, attempt.message_id, now=now)
        if this and attempt.state not in LIVE:
            await _take_away(session, order, message_id, now=now)
        stands = message_id if this and attempt.state in LIVE else None
        if attempt.message_id != stands:
            await changed(session, _NOTE, {"attempt": attempt.id, "message": stands})


async def take_away(session: AsyncSession, order: Order, attempt: PaymentAttempt, *, now: datetime) -> None:
    """The payment of a locked order was closed: its invoice goes, if one is shown."""
    if attempt.message_id is not None:
        await _take_away(session, order, attempt.message_id, now=now)
        await changed(session, _NOTE, {"attempt": attempt.id, "message": None})


async def _take_away(session: AsyncSession, order: Order, message_id: int, *, now: datetime) -> None:
    await enqueue(
        session,
        user_id=order.user_id,
        kind=OVER,
        data={"order_id": order.id, "message_id": message_id},
        dedupe_key=f"order:{order.id}:invoice:{message_id}:over",
        now=now,
    )

"""What a provider says about refunds: ours that came through or failed, and those made at its own dashboard."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, PaymentAttempt, Refund, RefundState
from shop import credit, receipts
from shop.orders.parts import load_items
from shop.orders.sights import follow
from shop.payments import alerts
from shop.payments.reserve import give_back, reserve_from, restate
from shop.payments.rows import changed
from shop.policy import Policy
from shop.ports import EventKind, ProviderEvent

DISPUTED = "disputed"  # why a refund failed: the customer's bank was faster, and decides
UNDER_WAY = (RefundState.CREATED, RefundState.PENDING)


async def note(
    session: AsyncSession, order: Order, charge: PaymentAttempt, event: ProviderEvent, *, policy: Policy, now: datetime
) -> bool:
    """Apply news about a refund of a locked order; False when it was known already."""
    refund = await _find(session, charge, event)
    if event.kind is EventKind.REFUND_FAILED:
        return refund is not None and await fail(session, order, refund, event.note, policy=policy, now=now)
    if refund is None:
        return await _from_outside(session, order, charge, event, policy=policy, now=now)
    return await succeed(session, order, refund, reference=event.refund_reference, policy=policy, now=now)


async def succeed(
    session: AsyncSession, order: Order, refund: Refund, *, reference: str | None, policy: Policy, now: datetime
) -> bool:
    """The money went back: once, the customer is told, and there is a receipt of it."""
    waiting = (*UNDER_WAY, RefundState.MANUAL)
    mine = update(Refund).where(Refund.id == refund.id, Refund.state.in_(waiting))
    kept = reference or refund.reference
    by_hand = refund.state is RefundState.MANUAL
    done = mine.values(state=RefundState.SUCCEEDED, reference=kept, failure=None, updated_at=now)
    if not await changed(session, done):
        return False
    if refund.to_credit:
        await credit.put_back(session, order, refund, now=now)
    await alerts.tell_refunded(session, order, refund, by_hand=by_hand, now=now)
    await load_items(session, order)
    await receipts.write_refund(session, order, refund, policy=policy, now=now)
    return True


async def fail(session: AsyncSession, order: Order, refund: Refund, why: str, *, policy: Policy, now: datetime) -> bool:
    """The money did not go back: the amount is refundable again, and a person must look.

    A refund can fail days after it succeeded (a closed bank account): then the customer, who was told, is told again.
    """
    mine = update(Refund).where(Refund.id == refund.id, Refund.state.in_((*UNDER_WAY, RefundState.SUCCEEDED)))
    if not await changed(session, mine.values(state=RefundState.FAILED, failure=why[:255], updated_at=now)):
        return False
    await give_back(session, order, refund, now=now)
    await receipts.write_reversal(session, refund, policy=policy, now=now)
    disputed = why == DISPUTED
    if disputed:  # the news of it may come later than the refusal
        await restate(session, order, now=now, disputed=True)
    code = "refund_disputed" if disputed else "refund_failed"
    await follow(session, order.id, key=f"refund_failed:{refund.id}", now=now)
    amount, currency, key = refund.amount, refund.currency, str(refund.id)
    await alerts.tell_customer(session, order, code, amount=amount, currency=currency, key=key, now=now)
    await alerts.tell_operators_of(
        session, order, code, key=key, amount=amount, currency=currency, policy=policy, now=now, why=why[:255]
    )
    return True


async def _find(session: AsyncSession, charge: PaymentAttempt, event: ProviderEvent) -> Refund | None:
    ways = []
    if event.refund_reference:
        ways.append(Refund.reference == event.refund_reference)
    if event.refund_key:
        ways.append(Refund.idempotency_key == event.refund_key)
    for matches in ways:
        query = select(Refund).join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
        found = await session.scalar(
            query.where(matches, PaymentAttempt.order_id == charge.order_id).execution_options(populate_existing=True)
        )
        if found is not None:
            return found
    if event.refund_reference is None and event.refund_key is None:
        # Telegram's own message about returned Stars names the charge only, and knows full refunds only.
        return await session.scalar(
            select(Refund)
            .where(Refund.attempt_id == charge.id, Refund.state != RefundState.FAILED)
            .order_by(Refund.id.desc())
            .limit(1)
        )
    return None


async def _from_outside(
    session: AsyncSession, order: Order, charge: PaymentAttempt, event: ProviderEvent, *, policy: Policy, now: datetime
) -> bool:
    amount = event.amount or charge.captured_amount
    refund = await reserve_from(
        session, order, charge, amount, reason="made at the provider", actor=f"provider:{event.provider}", now=now
    )
    if refund is None:
        return False
    await succeed(session, order, refund, reference=event.refund_reference, policy=policy, now=now)
    await restate(session, order, now=now)
    await alerts.tell_operators_of(
        session,
        order,
        "refund_from_outside",
        key=str(refund.id),
        amount=amount,
        currency=refund.currency,
        policy=policy,
        now=now,
        provider=event.provider,
    )
    return True

"""Money that was taken: written down once per charge, then kept for its order or sent back."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, OrderStatus, Payment, PaymentAttempt
from shop import receipts
from shop.payments import alerts, credit_charges, fulfil, months
from shop.payments.reserve import reserve_from, restate
from shop.payments.rows import changed, reread_attempt, summary_of, write_another
from shop.policy import Policy
from shop.ports import ProviderEvent

SECOND_CHARGE = "second_charge"
LATE_CHARGE = "late_charge"
WRONG_AMOUNT = "wrong_amount"
WRONG_CURRENCY = "wrong_currency"
SOLD_MEANWHILE = "sold_meanwhile"  # the customer's words for late money whose goods are gone
TOO_LATE_TO_PAY = "_unwanted"  # a wrong charge, and its order does not wait for a payment any more: nothing to pay anew
REVIVED = "revived"  # and for late money whose goods were still there

_ADD = (
    update(Payment)
    .where(Payment.id == bindparam("summary"))
    .values(amount=Payment.amount + bindparam("more"), updated_at=bindparam("now"))
)
_PAID = (
    update(Payment)
    .where(Payment.order_id == bindparam("order"))
    .values(tip=bindparam("extra"), payment_method=bindparam("provider"))
    .values(payment_date=bindparam("now"), updated_at=bindparam("now"))
)


async def record(
    session: AsyncSession, order: Order, attempt: PaymentAttempt, event: ProviderEvent, *, now: datetime
) -> PaymentAttempt | None:
    """Write a charge down on its attempt and in the order's summary; None when this charge was recorded before.

    An attempt that was paid already by another charge (an invoice paid twice) gets a sibling attempt for this one.
    """
    second = attempt.state is AttemptState.PAID
    if second:
        if event.charge_id is None or event.charge_id == attempt.charge_id or await _is_known(session, event):
            return None
        attempt = await write_another(session, attempt, attempt.order_id, now=now)
    mine = update(PaymentAttempt).where(PaymentAttempt.id == attempt.id, PaymentAttempt.state != AttemptState.PAID)
    values: dict[str, Any] = {
        "state": AttemptState.PAID,
        "charge_id": event.charge_id,
        "provider_charge_id": event.provider_charge_id,
        "captured_amount": event.amount,
        "captured_currency": event.currency,
        "paid_at": now,
        "updated_at": now,
    }
    if attempt.reference is None and not second:
        values["reference"] = event.reference
    if not await changed(session, mine.values(**values)):
        return None
    summary = await summary_of(session, order, now=now)
    if event.currency == summary.currency:
        await changed(session, _ADD, {"summary": summary.id, "more": event.amount, "now": now})
    return await reread_attempt(session, attempt.id)


async def keep_or_return(
    session: AsyncSession, order: Order, charge: PaymentAttempt, event: ProviderEvent, *, policy: Policy, now: datetime
) -> str | None:
    """Let the charge pay its order, or write its refund and tell everybody why; the problem in that case."""
    expired = order.status is OrderStatus.CANCELLED and order.cancel_reason == fulfil.EXPIRED
    problem = await _problem(session, order, charge, event, policy=policy, now=now)
    amount, currency = charge.captured_amount, event.currency
    tell = partial(alerts.tell_customer, session, order, amount=amount, currency=currency, key=str(charge.id), now=now)
    if problem is None:
        await restate(session, order, now=now)
        if expired:
            await tell(REVIVED)
        tip = charge.captured_amount - order.due
        # last, because others wait for the number
        await receipts.write_sale(session, order, tip=tip, policy=policy, now=now)
        return None
    await reserve_from(session, order, charge, charge.captured_amount, reason=problem, actor="system:settle", now=now)
    await restate(session, order, now=now)
    await tell(_told(order, problem, expired=expired))
    await alerts.tell_operators_of(
        session,
        order,
        problem,
        key=str(charge.id),
        amount=amount,
        currency=currency,
        policy=policy,
        now=now,
        provider=event.provider,
    )
    return problem


def _told(order: Order, problem: str, *, expired: bool) -> str:
    """What the customer is told: it depends on what can still be done."""
    if problem == LATE_CHARGE:
        return SOLD_MEANWHILE if expired else problem
    if problem in {WRONG_AMOUNT, WRONG_CURRENCY} and order.status is not OrderStatus.PENDING:
        return problem + TOO_LATE_TO_PAY
    return problem


async def _problem(
    session: AsyncSession, order: Order, charge: PaymentAttempt, event: ProviderEvent, *, policy: Policy, now: datetime
) -> str | None:
    if event.currency != order.currency:
        return WRONG_CURRENCY
    if order.status is OrderStatus.PENDING:
        await fulfil.take_choices(session, order, event, policy=policy, now=now)
    tip = event.amount - order.due
    if (await summary_of(session, order, now=now)).payment_date is not None:
        return SECOND_CHARGE if order.status is not OrderStatus.CANCELLED else LATE_CHARGE
    if not 0 <= tip <= int(charge.request.get("max_tip", 0)):
        return WRONG_AMOUNT
    unwanted = await months.problem_of(session, order, charge)
    if unwanted is not None:
        await fulfil.decline_month(session, order, why=unwanted, now=now)
        return unwanted
    if not await fulfil.go_on(session, order, actor=f"provider:{event.provider}", now=now):
        return LATE_CHARGE
    await credit_charges.book(session, order, now=now)
    await changed(session, _PAID, {"order": order.id, "extra": tip, "provider": charge.provider, "now": now})
    return None


async def _is_known(session: AsyncSession, event: ProviderEvent) -> bool:
    same = select(PaymentAttempt.id).where(
        PaymentAttempt.provider == event.provider, PaymentAttempt.charge_id == event.charge_id
    )
    return await session.scalar(same) is not None

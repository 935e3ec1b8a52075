"""Comparing our own books: what came, what went back, and whether each order shows it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, PaymentAttempt, PaymentEvent, Refund, RefundState
from shop.payments import books
from shop.payments.touched import touched

SOON = timedelta(hours=1)  # a refund that waits longer is worth a look
BANKS_NEED = timedelta(days=10)
ANSWERED = timedelta(minutes=10)  # after a yes before the charge, its message comes within seconds


class DifferenceKind(StrEnum):
    """What does not agree."""

    FOUND_PAID = "found_paid"  # paid there, not known here; settled now
    UNKNOWN_CHARGE = "unknown_charge"  # paid there, and no order knows it
    AMOUNT_DIFFERS = "amount_differs"
    NOT_PAID_THERE = "not_paid_there"
    UNREACHABLE = "unreachable"  # the provider could not be asked
    SILENT = "silent"  # a charge was agreed to, and nothing was heard of it
    UNSETTLED_EVENT = "unsettled_event"
    MONEY_WITHOUT_ORDER = "money_without_order"  # captured, neither given back nor for an order that goes on
    ORDER_WITHOUT_MONEY = "order_without_money"
    SUMMARY_DIFFERS = "summary_differs"
    REFUNDS_DIFFER = "refunds_differ"
    REFUND_WAITS = "refund_waits"
    REFUND_BY_HAND = "refund_by_hand"


class Difference(Struct, frozen=True):
    """One disagreement; amounts in minor units of `currency`: `here` is what our books say, `there` the other side."""

    kind: DifferenceKind
    provider: str | None = None
    order_id: int | None = None
    here: int | None = None
    there: int | None = None
    currency: str = ""
    detail: str = ""


async def compare(session: AsyncSession, *, now: datetime, since: datetime | None = None) -> list[Difference]:
    """Every disagreement inside our own books; with `since`, among the orders that anything changed about from then on.

    So the price of looking often does not grow with the past, and what is held in memory not with the orders of a week.
    """
    differences: list[Difference] = []
    async for only in _everything() if since is None else touched(session, since, now):
        for part in _of_orders(session, only):
            differences += [difference async for difference in part]
    for part in (_waiting(session, now), _unsettled(session), _silent(session, now, since)):
        differences += [difference async for difference in part]
    return differences


async def _everything() -> AsyncIterator[None]:
    yield None


def _of_orders(session: AsyncSession, only: books.Only) -> list[AsyncIterator[Difference]]:
    return [
        _money_without_order(session, only),
        _order_without_money(session, only),
        _summaries(session, only),
        _refunded(session, only),
    ]


async def _money_without_order(session: AsyncSession, only: books.Only) -> AsyncIterator[Difference]:
    for row in (await session.execute(books.kept_for_nothing(only))).all():
        order_id, status, provider, kept, currency, asked_in = row
        foreign = currency != asked_in
        yield Difference(
            DifferenceKind.MONEY_WITHOUT_ORDER,
            provider,
            order_id,
            here=0,
            there=kept,
            currency=currency,
            detail="in another currency than the order" if foreign else f"the order is {status}",
        )


async def _order_without_money(session: AsyncSession, only: books.Only) -> AsyncIterator[Difference]:
    for order, amount in (await session.execute(books.unpaid(only))).all():
        yield Difference(
            DifferenceKind.ORDER_WITHOUT_MONEY,
            order.payment_method,
            order.id,
            here=order.total_price,
            there=amount or 0,
            currency=order.currency,
            detail=f"the order is {order.status}",
        )


async def _summaries(session: AsyncSession, only: books.Only) -> AsyncIterator[Difference]:
    for payment, captured, refunded in (await session.execute(books.wrong_summaries(only))).all():
        charged = payment.amount != captured
        yield Difference(
            DifferenceKind.SUMMARY_DIFFERS,
            payment.payment_method,
            payment.order_id,
            here=payment.amount if charged else payment.refunded_amount,
            there=captured if charged else refunded,
            currency=payment.currency,
            detail="the summary and the charges of the order" + ("" if charged else ": what was given back"),
        )


async def _refunded(session: AsyncSession, only: books.Only) -> AsyncIterator[Difference]:
    for attempt, amount in (await session.execute(books.wrong_refunds(only))).all():
        yield Difference(
            DifferenceKind.REFUNDS_DIFFER,
            attempt.provider,
            attempt.order_id,
            here=attempt.refunded_amount,
            there=amount,
            currency=attempt.captured_currency or attempt.currency,
            detail="what the charge says was given back, and the refunds",
        )


async def _waiting(session: AsyncSession, now: datetime) -> AsyncIterator[Difference]:
    stuck = or_(
        (Refund.state == RefundState.CREATED) & (Refund.created_at < now - SOON),
        (Refund.state == RefundState.PENDING) & (Refund.updated_at < now - BANKS_NEED),
        Refund.state == RefundState.MANUAL,
    )
    query = (
        select(Refund, PaymentAttempt.provider)
        .join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
        .where(stuck)
        .order_by(Refund.id)
    )
    for refund, provider in (await session.execute(query)).all():
        by_hand = refund.state is RefundState.MANUAL
        yield Difference(
            DifferenceKind.REFUND_BY_HAND if by_hand else DifferenceKind.REFUND_WAITS,
            provider,
            refund.order_id,
            here=refund.amount,
            there=0,
            currency=refund.currency,
            detail=refund.failure or refund.state.value,
        )


async def _unsettled(session: AsyncSession) -> AsyncIterator[Difference]:
    query = select(PaymentEvent).where(PaymentEvent.processed_at.is_(None)).order_by(PaymentEvent.id)
    for event in await session.scalars(query):
        yield Difference(
            DifferenceKind.UNSETTLED_EVENT,
            event.provider,
            detail=f"{event.event_id} {event.type}: {event.error or 'not processed yet'}",
        )


async def _silent(session: AsyncSession, now: datetime, since: datetime | None) -> AsyncIterator[Difference]:
    query = select(PaymentAttempt).where(
        PaymentAttempt.approved_at < now - ANSWERED, PaymentAttempt.state != AttemptState.PAID
    )
    if since is not None:
        query = query.where(PaymentAttempt.approved_at >= since)
    for attempt in await session.scalars(query.order_by(PaymentAttempt.id)):
        yield Difference(
            DifferenceKind.SILENT,
            attempt.provider,
            attempt.order_id,
            here=0,
            there=attempt.amount,
            currency=attempt.currency,
            detail="agreed to before the charge, and nothing heard since: look at the provider’s dashboard",
        )

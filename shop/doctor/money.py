"""Money: every captured payment is a fulfilled order or a refund, and the sums agree."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment, PaymentEvent, Refund, RefundState
from shop.doctor.finding import SET_ASIDE, Finding, some
from shop.payments import books
from shop.payments.refunds import TRIES_BEFORE_ALARM

PATIENCE = timedelta(minutes=15)


async def ledger_adds_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """A summary says what its charges say: captured and refunded, in the order's currency."""
    return [
        Finding(
            "ledger_adds_up",
            f"order {summary.order_id}",
            f"the summary says {summary.amount} captured and {summary.refunded_amount} refunded, the charges say"
            f" {captured} and {refunded} (minor units of {summary.currency})",
            "Compare with the provider's dashboard and correct the table payments",
        )
        for summary, captured, refunded in await some(session, books.wrong_summaries())
    ]


async def refunds_add_up(session: AsyncSession, _now: datetime) -> list[Finding]:
    """What was refunded of a charge is the sum of its refunds that did not fail, and never more than was captured."""
    return [
        Finding(
            "refunds_add_up",
            f"order {charge.order_id}, attempt {charge.id}",
            f"{charge.refunded_amount} minor units are marked as refunded, its refunds add up to {refunds}",
            "Compare with the provider's dashboard before anything else is refunded",
        )
        for charge, refunds in await some(session, books.wrong_refunds())
    ]


async def money_is_not_kept_for_nothing(session: AsyncSession, _now: datetime) -> list[Finding]:
    """No captured money stays with an order that is pending or cancelled, or in a currency it was not asked in."""
    return [
        Finding(
            "money_is_not_kept_for_nothing",
            f"order {order_id}",
            f"it is {status.value}, and {amount} minor units of {currency} are still kept",
            f"Give the money back with /refund {order_id}",
        )
        for order_id, status, _, amount, currency, _ in await some(session, books.kept_for_nothing())
    ]


async def nobody_pays_twice(session: AsyncSession, _now: datetime) -> list[Finding]:
    """What is kept for an order is not more than it costs, tip included."""
    kept = Payment.amount - Payment.refunded_amount
    query = (
        select(Order.id, kept, Order.total_price + Payment.tip, Order.currency)
        .join(Payment, Payment.order_id == Order.id)
        .where(Order.status.in_(books.GONE_ON), kept > Order.total_price + Payment.tip)
        .order_by(Order.id)
    )
    return [
        Finding(
            "nobody_pays_twice",
            f"order {order_id}",
            f"it costs {price} and {amount} were kept (minor units of {currency})",
            f"Give the difference back with /refund {order_id}",
        )
        for order_id, amount, price, currency in await some(session, query)
    ]


async def goods_are_paid_for(session: AsyncSession, _now: datetime) -> list[Finding]:
    """An order goes on only when it was paid, or until it is completed where cash or a transfer may come later."""
    return [
        Finding(
            "goods_are_paid_for",
            f"order {order.id}",
            f"it is {order.status.value}, and "
            + (
                f"only {amount} of {order.total_price} minor units were paid"
                if amount and amount < order.total_price
                else "no payment was recorded"
            ),
            "Look for the charge at the provider; the reconciler settles it if it is there",
        )
        for order, amount in await some(session, books.unpaid())
    ]


async def providers_are_heard(session: AsyncSession, now: datetime) -> list[Finding]:
    """What a provider said is applied within minutes."""
    query = (
        select(PaymentEvent.id, PaymentEvent.provider, PaymentEvent.type, PaymentEvent.error, PaymentEvent.dead_at)
        .where(
            PaymentEvent.processed_at.is_(None),
            or_(PaymentEvent.received_at < now - PATIENCE, PaymentEvent.dead_at.is_not(None)),
        )
        .order_by(PaymentEvent.id)
    )
    return [
        Finding(
            "providers_are_heard",
            f"payment event {event_id}",
            f"{provider} said {kind}, and it is "
            + ("not applied yet" if dead_at is None else "set aside")
            + (f" ({error})" if error else ""),
            "Is the shop running? If it is, read the log for this event" if dead_at is None else SET_ASIDE,
        )
        for event_id, provider, kind, error, dead_at in await some(session, query)
    ]


async def refunds_arrive(session: AsyncSession, now: datetime) -> list[Finding]:
    """Refunds do not wait for ever; those without a refund call at the provider wait for a person."""
    late = and_(
        Refund.state == RefundState.CREATED,
        or_(Refund.run_at < now - PATIENCE, Refund.attempts >= TRIES_BEFORE_ALARM),
    )
    query = (
        select(Refund.order_id, Refund.id, Refund.amount, Refund.currency, Refund.state, Refund.failure)
        .where(or_(late, Refund.state == RefundState.MANUAL))
        .order_by(Refund.id)
    )
    return [
        Finding(
            "refunds_arrive",
            f"order {order_id}, refund {refund_id}",
            f"{amount} minor units of {currency} are still to be paid back" + (f" ({failure})" if failure else ""),
            "The provider has no refund call: pay it back by hand, then confirm it"
            if state is RefundState.MANUAL
            else "Is the shop running? If it is, read the log for this refund",
        )
        for order_id, refund_id, amount, currency, state, failure in await some(session, query)
    ]

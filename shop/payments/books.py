"""What our own books of money must say: each rule as a query for what breaks it, among all orders or some of them."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from db.models import AttemptState, Order, OrderStatus, Payment, PaymentAttempt, PaymentStatus, Refund, RefundState
from shop.orders.news import BY_HAND

Q = TypeVar("Q", bound=Select[*tuple[Any, ...]])
Only = Sequence[int] | None  # the orders to look at; None: all

GONE_ON = (OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.COMPLETED)


def kept_for_nothing(only: Only = None) -> Select[int, OrderStatus, str, int, str, str]:
    """Money that was captured and not given back, for an order that does not go on or in a currency it is not in.

    Order, its status and currency, provider, sum in minor units, the currency of the sum. What is disputed is not among
    it: until that is decided, only the bank can give it back.
    """
    kept = PaymentAttempt.captured_amount - PaymentAttempt.refunded_amount
    currency = func.coalesce(PaymentAttempt.captured_currency, "")
    about = (Order.id, Order.status, Order.currency, PaymentAttempt.provider, PaymentAttempt.captured_currency)
    query = (
        select(Order.id, Order.status, PaymentAttempt.provider, _whole(func.sum(kept)), currency, Order.currency)
        .join(PaymentAttempt, PaymentAttempt.order_id == Order.id)
        .outerjoin(Payment, Payment.order_id == Order.id)
        .where(
            kept > 0,
            or_(
                Order.status.in_((OrderStatus.PENDING, OrderStatus.CANCELLED)),
                PaymentAttempt.captured_currency != Order.currency,
            ),
            func.coalesce(Payment.payment_status, PaymentStatus.PENDING) != PaymentStatus.DISPUTED,
        )
        .group_by(*about)
        .order_by(Order.id)
    )
    return _among(query, Order.id, only)


def unpaid(only: Only = None) -> Select[Order, int | None]:
    """Orders that go on without their money, and what is there of it, in minor units of the order's currency.

    Cash may come after the goods went, but not after the order was completed.
    """
    missing = or_(Payment.id.is_(None), Payment.payment_date.is_(None), Payment.amount < Order.total_price)
    trusted = Order.payment_method.in_(BY_HAND) & (Order.status != OrderStatus.COMPLETED)
    query = (
        select(Order, Payment.amount)
        .outerjoin(Payment, Payment.order_id == Order.id)
        .where(Order.status.in_(GONE_ON), Order.total_price > 0, missing, ~func.coalesce(trusted, False))
        .order_by(Order.id)
    )
    return _among(query, Order.id, only)


def wrong_summaries(only: Only = None) -> Select[Payment, int, int]:
    """Summaries that do not say what the charges of their order say: what those captured, and what they gave back."""
    captured, refunded = _of_charges(PaymentAttempt.captured_amount), _of_charges(PaymentAttempt.refunded_amount)
    query = (
        select(Payment, captured, refunded)
        .where(or_(Payment.amount != captured, Payment.refunded_amount != refunded))
        .order_by(Payment.order_id)
    )
    return _among(query, Payment.order_id, only)


def wrong_refunds(only: Only = None) -> Select[PaymentAttempt, int]:
    """Charges of which not what their refunds say went back (those that failed aside), or more than was captured."""
    given = (
        select(_whole(func.coalesce(func.sum(Refund.amount), 0)))
        .where(Refund.attempt_id == PaymentAttempt.id, Refund.state != RefundState.FAILED)
        .correlate(PaymentAttempt)
        .scalar_subquery()
    )
    query = (
        select(PaymentAttempt, given)
        .where(
            or_(
                PaymentAttempt.refunded_amount != given,
                PaymentAttempt.refunded_amount > PaymentAttempt.captured_amount,
            )
        )
        .order_by(PaymentAttempt.id)
    )
    return _among(query, PaymentAttempt.order_id, only)


def _whole(amount: ColumnElement[int]) -> ColumnElement[int]:
    """A sum of minor units as the number that it is: PostgreSQL and MariaDB sum whole numbers to decimals."""
    return cast(amount, BigInteger)


def _of_charges(column: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """The sum over the charges of a summary's order, looked up order by order: a few orders never read all charges."""
    return (
        select(_whole(func.coalesce(func.sum(column), 0)))
        .where(
            PaymentAttempt.order_id == Payment.order_id,
            PaymentAttempt.captured_currency == Payment.currency,
            PaymentAttempt.state == AttemptState.PAID,
        )
        .correlate(Payment)
        .scalar_subquery()
    )


def _among(query: Q, order_id: InstrumentedAttribute[int], only: Only) -> Q:
    return query if only is None else query.where(order_id.in_(only))

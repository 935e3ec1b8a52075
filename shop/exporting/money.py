"""The table of money: every payment that came, and every refund that was decided, as one signed amount each."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Order, PaymentAttempt, Refund, RefundState, User
from shop.exporting.scope import Page, Row, Scope, first_id, in_pages, major, names_of

MONEY = (
    "at",
    "order",
    "what",
    "amount",
    "currency",
    "provider",
    "charge",
    "state",
    "reason",
    "customer_id",
    "customer",
)


async def money(session: AsyncSession, scope: Scope) -> AsyncIterator[Page]:
    """The payments of the stretch, then its refunds; a refund that failed is none."""
    sellers: dict[int, str] = {}
    paid = _of_orders(
        select(
            PaymentAttempt.id,
            PaymentAttempt.paid_at.label("at"),
            PaymentAttempt.captured_amount.label("amount"),
            PaymentAttempt.captured_currency,
            PaymentAttempt.currency,
            PaymentAttempt.provider,
            PaymentAttempt.charge_id,
        ).join(Order, Order.id == PaymentAttempt.order_id),
        scope,
    ).where(PaymentAttempt.state == AttemptState.PAID, *scope.within(PaymentAttempt.paid_at))
    first = await first_id(session, PaymentAttempt.id, scope, PaymentAttempt.updated_at)
    async for rows in in_pages(session, paid, PaymentAttempt.id, first):
        called = await names_of(session, {row.owner_id for row in rows}, sellers)
        yield [_payment(row, scope) | {"seller": called[row.owner_id]} for row in rows]
    back = _of_orders(
        select(
            Refund.id,
            Refund.created_at.label("at"),
            Refund.amount,
            Refund.currency,
            Refund.state,
            Refund.reason,
            PaymentAttempt.provider,
            PaymentAttempt.charge_id,
        )
        .join(Order, Order.id == Refund.order_id)
        .join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id),
        scope,
    ).where(Refund.state != RefundState.FAILED, *scope.within(Refund.created_at))
    first = await first_id(session, Refund.id, scope, Refund.updated_at)
    async for rows in in_pages(session, back, Refund.id, first):
        called = await names_of(session, {row.owner_id for row in rows}, sellers)
        yield [_refund(row, scope) | {"seller": called[row.owner_id]} for row in rows]


def _of_orders(query: Select[*tuple[Any, ...]], scope: Scope) -> Select[Any]:
    whose = (Order.id.label("order_id"), Order.owner_id, Order.user_id, User.name.label("customer"))
    return query.add_columns(*whose).join(User, User.id == Order.user_id).where(*scope.mine)


def _payment(row: Any, scope: Scope) -> Row:
    currency = row.captured_currency or row.currency
    return _row(row, scope, "payment", row.amount, currency) | {"state": AttemptState.PAID.value}


def _refund(row: Any, scope: Scope) -> Row:
    more: Row = {"state": row.state.value, "reason": row.reason}
    return _row(row, scope, "refund", -row.amount, row.currency) | more


def _row(row: Any, scope: Scope, what: str, amount: int, currency: str) -> Row:
    return {
        "at": scope.at(row.at),
        "order": row.order_id,
        "what": what,
        "amount": major(amount, currency),
        "currency": currency,
        "provider": row.provider,
        "charge": row.charge_id,
        "customer_id": row.user_id,
        "customer": row.customer,
    }

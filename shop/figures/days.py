"""What was sold in a stretch of time: money that came and went, by the day on which it was paid."""

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment
from shop.people.permissions import Acting, By, Permission, ask


class Sales(Struct, frozen=True):
    """Paid orders of one currency: how many, what they paid, and what went back of it since; minor units."""

    currency: str
    orders: int
    paid: int
    given_back: int
    refunds: int = 0  # how many of the orders it went back of

    @property
    def kept(self) -> int:
        """What is left of it."""
        return self.paid - self.given_back


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """When a day begins where the shop is; on a day whose midnight is skipped or doubled, its first moment."""
    return datetime.combine(day, time.min, tzinfo=zone)


async def sales_between(session: AsyncSession, by: By, start: datetime, end: datetime) -> tuple[Sales, ...]:
    """Orders of the seller (operators: of all) that were paid from `start` to before `end`, a currency each.

    One statement along the day of payment. Raises NotPermitted.
    """
    acting = ask(by, Permission.MONEY)
    query = paid_between(acting, start, end)
    return tuple(map(as_sales, await session.execute(query.order_by(Payment.currency))))


def paid_between(
    acting: Acting, start: datetime, end: datetime, *first: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """The statement of it: a row a currency, with these columns `first`, the others for `as_sales`."""
    query = select(
        *first,
        Payment.currency,
        func.count(Payment.id),
        func.sum(Payment.amount),
        func.sum(Payment.refunded_amount),
        func.sum(case((Payment.refunded_amount > 0, 1), else_=0)),
    ).where(Payment.payment_date >= start, Payment.payment_date < end, Payment.amount > 0)
    if acting.only is not None:
        # the bare column would lead SQLite through all orders of the seller, however short the time is
        query = query.join(Order, Order.id == Payment.order_id).where(func.coalesce(Order.owner_id, 0) == acting.only)
    return query.group_by(Payment.currency)


def as_sales(row: Sequence[Any]) -> Sales:
    """What a row says."""
    return Sales(row[0], row[1], *map(int, row[2:]))

"""What was sold in a stretch of time: money that came and went, by the day on which it was paid."""

from datetime import date, datetime, time, tzinfo

from msgspec import Struct
from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment
from shop.people.permissions import By, Permission, ask


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
    query = select(
        Payment.currency,
        func.count(Payment.id),
        func.coalesce(func.sum(Payment.amount), 0),
        func.coalesce(func.sum(Payment.refunded_amount), 0),
        func.coalesce(func.sum(case((Payment.refunded_amount > 0, 1), else_=0)), 0),
    ).where(Payment.payment_date >= start, Payment.payment_date < end, Payment.amount > 0)
    if not acting.everything:
        query = query.join(Order, Order.id == Payment.order_id).where(Order.owner_id == acting.owner_id)
    rows = await session.execute(query.group_by(Payment.currency).order_by(Payment.currency))
    return tuple(Sales(row[0], row[1], int(row[2]), int(row[3]), int(row[4])) for row in rows)

"""Figures of a period beside the one before: summed by the database, a row for every bar of a chart and no more."""

from datetime import UTC, datetime, tzinfo

from msgspec import Struct
from sqlalchemy import BigInteger, case, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, OrderStatus, Payment
from shop.figures.days import Sales, sales_between, start_of_day
from shop.figures.periods import Period
from shop.people.permissions import Acting, By, Permission, ask

BEST = 5


class Best(Struct, frozen=True):
    """A product and how many of it were sold."""

    name: str
    sold: int


class Report(Struct, frozen=True):
    """Money by currency; `bars` are what was kept of each currency, in the order of `begins`."""

    period: Period
    begins: tuple[datetime, ...]
    bars: dict[str, list[int]]
    now: tuple[Sales, ...]
    before: tuple[Sales, ...]
    best: tuple[Best, ...]


async def report(session: AsyncSession, by: By, period: Period, *, zone: tzinfo) -> Report:
    """What a seller (operators: everybody) sold in a period. Four statements. Raises NotPermitted."""
    acting = ask(by, Permission.MONEY)
    *begins, end = period.borders(zone)
    earlier = start_of_day(period.before, zone).astimezone(UTC)
    return Report(
        period,
        tuple(begins),
        await _bars(session, acting, begins, end),
        await sales_between(session, acting, begins[0], end),
        await sales_between(session, acting, earlier, begins[0]),
        await _best(session, acting, begins[0], end),
    )


async def _bars(session: AsyncSession, acting: Acting, begins: list[datetime], end: datetime) -> dict[str, list[int]]:
    """Each payment falls between two borders: the clocks of the shop are not left to three databases."""
    ends = [*begins[1:], end]
    place = case(*((Payment.payment_date < to, literal(n)) for n, to in enumerate(ends))).label("place")
    kept = (Payment.amount - Payment.refunded_amount).label("kept")
    query = select(Payment.currency, place, kept).where(Payment.payment_date >= begins[0], Payment.payment_date < end)
    if not acting.everything:
        query = query.join(Order, Order.id == Payment.order_id).where(Order.owner_id == acting.owner_id)
    rows = query.subquery()
    summed = select(rows.c.currency, rows.c.place, cast(func.sum(rows.c.kept), BigInteger))
    bars: dict[str, list[int]] = {}
    for currency, n, amount in await session.execute(summed.group_by(rows.c.currency, rows.c.place)):
        bars.setdefault(currency, [0] * len(begins))[n] = amount
    return bars


async def _best(session: AsyncSession, acting: Acting, begin: datetime, end: datetime) -> tuple[Best, ...]:
    sold = cast(func.sum(OrderItem.quantity), BigInteger).label("sold")
    query = (
        select(func.max(OrderItem.name), sold)
        .join(Order, Order.id == OrderItem.order_id)
        .join(Payment, Payment.order_id == Order.id)
        .where(Payment.payment_date >= begin, Payment.payment_date < end, Order.status != OrderStatus.CANCELLED)
        .group_by(OrderItem.product_id)
        .order_by(sold.desc(), OrderItem.product_id)
        .limit(BEST)
    )
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    return tuple(Best(row[0], row[1]) for row in await session.execute(query))

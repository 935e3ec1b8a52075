"""Figures of a period beside the one before: summed by the database, a row for every bar of a chart and no more."""

from datetime import UTC, datetime, tzinfo

from msgspec import Struct
from sqlalchemy import BigInteger, case, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment
from shop.figures.customers import Buyers, Funnel, count_buyers, count_funnel
from shop.figures.days import Sales, sales_between, start_of_day
from shop.figures.goods import Best, Stars, best, stars, stock_value
from shop.figures.periods import Period
from shop.people.permissions import Acting, By, Permission, ask

BEST = 5


class Report(Struct, frozen=True):
    """Money by currency; `bars` are what was kept of each currency, in the order of `begins`."""

    period: Period
    begins: tuple[datetime, ...]
    bars: dict[str, list[int]]
    now: tuple[Sales, ...]
    before: tuple[Sales, ...]
    best: tuple[Best, ...]  # one more than BEST where there are more
    buyers: Buyers
    funnel: Funnel
    stars: Stars
    stock: dict[str, int]  # what it is worth now, by currency


async def report(session: AsyncSession, by: By, period: Period, *, zone: tzinfo, now: datetime) -> Report:
    """What a seller (operators: everybody) sold in a period. Nine statements. Raises NotPermitted."""
    acting = ask(by, Permission.MONEY)
    *begins, end = period.borders(zone)
    earlier = start_of_day(period.before, zone).astimezone(UTC)
    buyers = await count_buyers(session, acting, begins[0], end)
    paid, lasts = buyers.new + buyers.returning, begins[0] <= now < end
    return Report(
        period,
        tuple(begins),
        await _bars(session, acting, begins, end),
        await sales_between(session, acting, begins[0], end),
        await sales_between(session, acting, earlier, begins[0]),
        await best(session, acting, begins[0], end, limit=BEST + 1),
        buyers,
        await count_funnel(session, acting, begins[0], end, paid=paid, lasts=lasts),
        await stars(session, acting, begins[0], end),
        await stock_value(session, acting, now),
    )


async def list_best(
    session: AsyncSession, by: By, period: Period, *, zone: tzinfo, page: int, size: int
) -> tuple[Best, ...]:
    """A page of what was sold in a period, the most first, and one more where there is another. Raises NotPermitted."""
    acting = ask(by, Permission.MONEY)
    begin, *_, end = period.borders(zone)
    return await best(session, acting, begin, end, skip=page * size, limit=size + 1)


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

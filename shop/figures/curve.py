"""Sales as a chart shows them: a part of the past for each bar, summed up along the day of payment."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct
from sqlalchemy import literal, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from shop.figures.days import Sales, as_sales, paid_between, start_of_day
from shop.figures.goods import Stars, stars
from shop.figures.periods import Period
from shop.people.permissions import Acting, By, Permission, ask

DEAR = 2_000  # payments: summing up more of them is worth remembering
KEPT = timedelta(minutes=1)
MOST = 100  # sums that are remembered
BEFORE = -1  # the part before the first bar

Part = tuple[int, datetime, datetime]  # a bar, or BEFORE; from when, to before when
Summed = tuple[tuple[int, Sales], ...]


class Curve(Struct, frozen=True):
    """What was kept of each currency, bar by bar in the order of `begins`, and all of it beside the time before."""

    begins: tuple[datetime, ...]
    bars: dict[str, list[int]]
    now: tuple[Sales, ...]
    before: tuple[Sales, ...]
    stars: Stars


class Remembered:
    """What a past that is dear to sum up came to: for a minute, by whose it is and when it was."""

    def __init__(self, dear: int = DEAR) -> None:
        self._dear = dear
        self._sums: dict[object, tuple[datetime, Summed]] = {}

    def get(self, key: object, now: datetime) -> Summed | None:
        """What is remembered."""
        until, summed = self._sums.get(key, (None, ()))
        return summed if until is not None and now < until else None

    def put(self, key: object, summed: Summed, now: datetime) -> None:
        """Remember it, if it was dear; what was remembered first is forgotten for it."""
        if sum(one.orders for _, one in summed) > self._dear:
            self._sums.pop(key, None)
            while len(self._sums) >= MOST:
                del self._sums[next(iter(self._sums))]
            self._sums[key] = (now + KEPT, summed)


async def sales(
    session: AsyncSession, by: By, period: Period, *, zone: tzinfo, now: datetime, remembered: Remembered
) -> Curve:
    """What a seller (operators: everybody) sold in a period. Three statements. Raises NotPermitted.

    Today is summed up with each look. What was before, when that is dear, is as it was at most a minute ago.
    """
    acting = ask(by, Permission.MONEY)
    *begins, end = period.borders(zone)
    borders = [start_of_day(period.before, zone).astimezone(UTC), *begins, end]
    today = start_of_day(now.astimezone(zone).date(), zone).astimezone(UTC)
    parts = [(n, borders[n + 1], borders[n + 2]) for n in range(BEFORE, len(begins))]
    past = [(n, start, min(stop, today)) for n, start, stop in parts if start < today]
    fresh = [(n, max(start, today), stop) for n, start, stop in parts if stop > today]
    key = (acting.only, borders[0], tuple(begins), end, today)
    summed = remembered.get(key, now)
    if summed is None:
        summed = await _sum(session, acting, past)
        remembered.put(key, summed, now)
    summed += await _sum(session, acting, fresh)
    bars: dict[str, list[int]] = {}
    for n, one in summed:
        if n != BEFORE:
            bars.setdefault(one.currency, [0] * len(begins))[n] += one.kept
    return Curve(
        tuple(begins),
        bars,
        _together([one for n, one in summed if n != BEFORE]),
        _together([one for n, one in summed if n == BEFORE]),
        await stars(session, acting, begins[0], end),
    )


async def _sum(session: AsyncSession, acting: Acting, parts: Sequence[Part]) -> Summed:
    """Each part along its own stretch of the index: asking each payment for its bar costs twice as much."""
    if not parts:
        return ()
    rows = await session.execute(
        union_all(*(paid_between(acting, start, stop, literal(n)) for n, start, stop in parts))
    )
    return tuple((row[0], as_sales(row[1:])) for row in rows)


def _together(parts: Sequence[Sales]) -> tuple[Sales, ...]:
    """One for each currency."""
    sums: dict[str, Sales] = {}
    for one in parts:
        so_far = sums.get(one.currency, Sales(one.currency, 0, 0, 0))
        sums[one.currency] = Sales(
            one.currency,
            so_far.orders + one.orders,
            so_far.paid + one.paid,
            so_far.given_back + one.given_back,
            so_far.refunds + one.refunds,
        )
    return tuple(sums[currency] for currency in sorted(sums))

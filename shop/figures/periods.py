"""The stretches of time that figures are asked for, and how each is cut for a chart: all where the shop is."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import takewhile

from msgspec import Struct

from shop.figures.days import start_of_day

BY_DAY = 62  # days that a chart still shows one by one
LONGEST = 3 * 366  # days
MONTH_AND_MORE = 32  # days
EARLIEST = 2000  # no shop is older
_DATES = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b", re.ASCII)


class Span(StrEnum):
    """A period that has a key."""

    TODAY = "d"
    WEEK = "w"
    MONTH = "m"
    YEAR = "y"


class Cut(StrEnum):
    """How long a bar of a chart is."""

    HOURS = "h"
    DAYS = "d"
    MONTHS = "m"


class Period(Struct, frozen=True):
    """From a day to before another, and from which day on it is compared with what was before."""

    first: date
    end: date
    before: date

    @property
    def cut(self) -> Cut:
        """By hours for a day, by days for some weeks, by months beyond."""
        days = (self.end - self.first).days
        if days == 1:
            return Cut.HOURS
        return Cut.DAYS if days <= BY_DAY else Cut.MONTHS

    def borders(self, zone: tzinfo) -> list[datetime]:
        """Where the bars begin, and the end, in UTC: a day of 23 or 25 hours has as many."""
        end = start_of_day(self.end, zone).astimezone(UTC)
        if self.cut is Cut.HOURS:
            begin = start_of_day(self.first, zone).astimezone(UTC)
            return [*takewhile(lambda at: at < end, (begin + timedelta(hours=n) for n in range(27))), end]
        days = [self.first + timedelta(days=n) for n in range((self.end - self.first).days)]
        firsts = [day for day in days if self.cut is Cut.DAYS or day.day == 1 or day == self.first]
        return [*(start_of_day(day, zone).astimezone(UTC) for day in firsts), end]


def period_of(span: Span, now: datetime, zone: tzinfo) -> Period:
    """Today, or the days up to today; it is compared with as many days before it."""
    end = now.astimezone(zone).date() + timedelta(days=1)
    if span is Span.YEAR:
        first = date(end.year - 1, end.month, 1)
    else:
        first = end - timedelta(days={Span.TODAY: 1, Span.WEEK: 7, Span.MONTH: 30}[span])
    return _beside_as_many_days(first, end)


def read_period(text: str) -> Period | None:
    """`2026-10`, `2026-10-05`, or the first and the last of either; None for anything else."""
    found = _DATES.findall(text[:64])
    try:
        if not 1 <= len(found) <= 2:  # noqa: PLR2004  the first and the last
            return None
        first, last = (_days(one) for one in (found[0], found[-1]))
    except ValueError:
        return None
    if not first[0] < last[1] or first[0].year < EARLIEST or (last[1] - first[0]).days > LONGEST:
        return None
    if len(found) == 1 and len(found[0]) == len("2026-10"):
        return Period(*first, before=(first[0] - timedelta(days=1)).replace(day=1))
    return _beside_as_many_days(first[0], last[1])


def period_from(day: int, days: int) -> Period | None:
    """The period that begins on a day (its ordinal) and has so many days; None where there is no such period."""
    if not date(EARLIEST, 1, 1).toordinal() <= day <= date.max.toordinal() - LONGEST or not 0 < days <= LONGEST:
        return None
    first = date.fromordinal(day)
    end = first + timedelta(days=days)
    if first.day == end.day == 1 and days < MONTH_AND_MORE:
        return Period(first, end, before=(first - timedelta(days=1)).replace(day=1))
    return _beside_as_many_days(first, end)


def _days(text: str) -> tuple[date, date]:
    if len(text) > len("2026-10"):
        day = date.fromisoformat(text)
        return day, day + timedelta(days=1)
    first = date.fromisoformat(f"{text}-01")
    return first, (first + timedelta(days=32)).replace(day=1)


def _beside_as_many_days(first: date, end: date) -> Period:
    return Period(first, end, first - (end - first))

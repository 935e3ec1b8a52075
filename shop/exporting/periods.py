"""The stretches of time that a table is asked for, where the shop is."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from msgspec import Struct

from shop.figures import read_period, start_of_day


class Span(StrEnum):
    """A stretch of time that has a key; months and years are those of the calendar."""

    TODAY = "d"
    WEEK = "w"  # today and the six days before
    MONTH = "m"
    LAST_MONTH = "l"
    YEAR = "y"
    ALL = "a"


class Stretch(Struct, frozen=True):
    """From the beginning of a day to before that of another; None: without a border."""

    first: date | None = None
    end: date | None = None

    def borders(self, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
        """Both in UTC."""
        begin, end = (
            None if day is None else start_of_day(day, zone).astimezone(UTC) for day in (self.first, self.end)
        )
        return begin, end

    @property
    def name(self) -> str:
        """For the name of a file: `2026-10-01--2026-10-31`; empty without borders."""
        if self.first is None or self.end is None:
            return ""
        last = self.end - timedelta(days=1)
        return f"{self.first}" if last == self.first else f"{self.first}--{last}"


def stretch_of(span: Span, now: datetime, zone: tzinfo) -> Stretch:
    """The days of a span, up to today."""
    today = now.astimezone(zone).date()
    this_month, tomorrow = today.replace(day=1), today + timedelta(days=1)
    match span:
        case Span.TODAY:
            return Stretch(today, tomorrow)
        case Span.WEEK:
            return Stretch(today - timedelta(days=6), tomorrow)
        case Span.MONTH:
            return Stretch(this_month, tomorrow)
        case Span.LAST_MONTH:
            return Stretch((this_month - timedelta(days=1)).replace(day=1), this_month)
        case Span.YEAR:
            return Stretch(date(today.year, 1, 1), tomorrow)
        case Span.ALL:
            return Stretch()


def between(text: str) -> Stretch | None:
    """`2026-10`, `2026-10-05`, or the first and the last of either; None for anything else."""
    period = read_period(text)
    return None if period is None else Stretch(period.first, period.end)

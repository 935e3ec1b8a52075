"""What time it is, as a value that can be handed in, and when it is an hour again."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Tells the time; tests hand in one that they can move."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 (this is the clock)


def next_at(hour: int, after: datetime, zone: tzinfo) -> datetime:
    """The next time that it is this hour, after a moment, in UTC.

    Where a clock change skips the hour it is as many minutes later; of an hour that comes twice it is the first.
    Raises ValueError when there is no such hour.
    """
    today = after.astimezone(zone).date()
    days = (datetime.combine(today + timedelta(days=ahead), time(hour), tzinfo=zone) for ahead in range(3))
    return next(at for at in (day.astimezone(UTC) for day in days) if at > after)

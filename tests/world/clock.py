"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday morning


class ManualClock:
    """Tells the time it was given; `pass_by` moves it on."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self._now

    def pass_by(self, **parts: float) -> datetime:
        """Let time pass: days, hours, minutes, seconds; tells the new time."""
        self._now += timedelta(**parts)
        return self._now

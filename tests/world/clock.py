"""A clock that stands still until it is moved."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.sending.limits import OwnLimit

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


class ShopTime:
    """The shop's clock as the simulator reads clocks."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


def skipping() -> OwnLimit:
    """The flood limit of a process that is alone, with turns as always and seconds that pass at once."""
    passed = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal passed
        passed += seconds
        await asyncio.sleep(0)

    return OwnLimit(time=lambda: passed, sleep=sleep)

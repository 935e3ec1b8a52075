"""How often what fails is tried again, and how long it waits: one bad row must never stand before the others."""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
MOST = 16  # tries of some six hours: then it is set aside, named, and left to a person


def next_try(tries: int, *, now: datetime) -> datetime:
    """When to try again what failed `tries` times: after a pause that doubles up to an hour."""
    doubled = FIRST_PAUSE * int(2 ** min(max(tries - 1, 0), 16))
    return now + min(doubled, LONGEST_PAUSE)


def are_enough(tries: int) -> bool:
    """Whether to give up after so many tries."""
    return tries >= MOST

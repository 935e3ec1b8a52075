"""When a broadcast goes out, as its seller writes it ("18:00", "24.12. 18:00") or taps it."""

import re
from datetime import datetime, time, timedelta, tzinfo

from db.numbers import in_ascii
from shop.products.sale_days import read_day, today
from shop.refusals import CannotRead

LONGEST = 40
_MOMENT = re.compile(r"(?:(?P<day>\S+?),?\s+)?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})")
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MOST_MINUTES = 60 * 24 * 366 * 200


def read_moment(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment, where the shop is; without a day the next such time. Raises CannotRead."""
    found = _MOMENT.fullmatch(in_ascii(text[:LONGEST]).strip())
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:  # noqa: PLR2004  as clocks count
        raise CannotRead(field="broadcast", given=text[:LONGEST], hint="moment_form")
    at = time(int(found["hour"]), int(found["minute"]))
    on = today(now, zone)
    day = read_day(found["day"], on) if found["day"] else on
    moment = datetime.combine(day, at, tzinfo=zone)
    if found["day"] is None and moment <= now:
        moment = datetime.combine(day + timedelta(days=1), at, tzinfo=zone)
    return moment


def suggested(now: datetime, zone: tzinfo) -> list[datetime]:
    """In an hour, this evening or tomorrow's, tomorrow morning, in a week."""
    on = today(now, zone)
    tomorrow = on + timedelta(days=1)
    evening = datetime.combine(on, time(18), tzinfo=zone)
    if evening <= now + timedelta(hours=1):
        evening += timedelta(days=1)
    morning = datetime.combine(tomorrow, time(10), tzinfo=zone)
    return [now + timedelta(hours=1), *sorted((evening, morning)), morning + timedelta(days=7)]


def as_minute(moment: datetime) -> int:
    """A moment as a key carries it: the minute after it began, so that it is never past."""
    return int((moment - EPOCH).total_seconds() + 59) // 60


def of_minute(minute: int | None) -> datetime | None:
    """The moment that a key carries. Raises CannotRead for one that no calendar has."""
    if minute is None:
        return None
    if not 0 < minute < MOST_MINUTES:
        raise CannotRead(field="broadcast", given="", hint="moment_form")
    return EPOCH + timedelta(minutes=minute)

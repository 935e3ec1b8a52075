"""Opening hours as people write them, a line a span of days: `Mon-Fri 9-18`, `Sa 10:00–14:30`, `пн-пт 9-18`."""

import re

from shop.settings.opening import DAYS, WEEK

NAMES = (  # in the languages of the shop; any beginning of two letters or more will do
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
)
SHORTEST = 2  # letters
LINE = re.compile(
    r"([^\W\d]+)\.?(?:\s*[-–—]\s*([^\W\d]+)\.?)?:?\s+(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?(?:\s*uhr)?"
)
MOST_LINES = 14
MIDNIGHT = 24 * 60
LAST_MINUTE = 59


def read_hours(text: str) -> list[str] | None:
    """The spans as the file has them, a weekday each; None when a line cannot be read."""
    lines = [line.strip() for line in re.split(r"[\n;,]", text.casefold()) if line.strip()]
    found: set[str] = set()
    for line in lines[: MOST_LINES + 1]:
        spans = _line(line)
        if spans is None:
            return None
        found.update(spans)
    return sorted(found, key=_place) if 0 < len(lines) <= MOST_LINES and len(found) <= 2 * MOST_LINES else None


def _line(line: str) -> list[str] | None:
    match = LINE.fullmatch(line)
    if match is None:
        return None
    first, last = _day(match[1]), _day(match[2] or match[1])
    opens, closes = _minute(match[3], match[4]), _minute(match[5], match[6])
    if first is None or last is None or opens is None or closes is None or opens >= closes:
        return None
    days = [(first + ahead) % WEEK for ahead in range((last - first) % WEEK + 1)]
    return [f"{DAYS[day]} {_time(opens)}-{_time(closes)}" for day in days]


def _day(name: str) -> int | None:
    days = {day for names in NAMES for day, known in enumerate(names) if known.startswith(name)}
    return days.pop() if len(name) >= SHORTEST and len(days) == 1 else None


def _minute(hour: str, minute: str | None) -> int | None:
    if int(minute or 0) > LAST_MINUTE:
        return None
    of_day = int(hour) * 60 + int(minute or 0)
    return of_day if of_day <= MIDNIGHT else None


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _place(span: str) -> tuple[int, str]:
    return DAYS.index(span[:3]), span

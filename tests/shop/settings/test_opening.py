"""When orders are taken and handled, by the clock of the shop's own place."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.screens.parts.opening_lines import hours_text
from bot.screens.selling.settings.hours import read_hours
from bot.words import words_for
from shop.policy import Hours, Ordering, Policy
from shop.settings.opening import Standing, standing

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))


@pytest.mark.parametrize(
    ("now", "handled_from"),
    [
        (datetime(2026, 11, 27, 8, 0, tzinfo=UTC), None),  # Friday, nine in Berlin: somebody just came
        (datetime(2026, 11, 27, 7, 59, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=BERLIN)),
        (datetime(2026, 11, 27, 16, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 27, 17, 0, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=BERLIN)),  # over the weekend
        (
            datetime(2026, 3, 28, 12, 0, tzinfo=UTC),
            datetime(2026, 3, 30, 9, tzinfo=BERLIN),
        ),  # over the change of clocks
    ],
)
def test_orders_are_handled_from_the_next_opening(now: datetime, handled_from: datetime | None) -> None:
    assert standing(Policy(timezone=BERLIN, hours=WEEK), now) == Standing(handled_from=handled_from)


def test_one_day_a_week_opens_again_a_week_later() -> None:
    only = Policy(hours=(Hours(0, 9 * 60, 10 * 60),))

    assert standing(only, datetime(2026, 11, 23, 10, tzinfo=UTC)).handled_from == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert standing(Policy(), datetime(2026, 11, 23, 3, tzinfo=UTC)) == Standing()


def test_a_holiday_ends_by_itself_on_the_day_that_was_named() -> None:
    policy = Policy(timezone=BERLIN, ordering=Ordering.CLOSED, notice="At the sea", back_on=date(2026, 12, 27))

    assert standing(policy, datetime(2026, 12, 26, 22, 59, tzinfo=UTC)).closed
    assert standing(policy, datetime(2026, 12, 26, 23, 0, tzinfo=UTC)) == Standing()
    assert standing(Policy(ordering=Ordering.NOTICE), datetime(2026, 12, 26, tzinfo=UTC)) == Standing(on_holiday=True)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("Mon-Tue 9-18", ["mon 09:00-18:00", "tue 09:00-18:00"]),
        ("Sa 10:00–14.30 Uhr", ["sat 10:00-14:30"]),
        ("вс–пн: 9-12\nпн 13-24", ["mon 09:00-12:00", "mon 13:00-24:00", "sun 09:00-12:00"]),
        ("Sonntag 9-12; Sonntag 9-12", ["sun 09:00-12:00"]),
        ("Mon 18-9", None),
        ("Mon 9-25", None),
        ("Mon 9:60-10", None),
        ("Someday 9-10", None),
        ("", None),
        ("\n".join(["Mon-Sun 9-10"] * 15), None),
        ("м" * 4000, None),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, spans: list[str] | None) -> None:
    assert read_hours(typed) == spans


def test_days_with_the_same_hours_are_shown_together() -> None:
    spans = read_hours("Mon-Fri 9-12, Mon-Fri 13-18, Sat 10-14")
    assert spans is not None

    assert hours_text(words_for("en"), spans) == "Mon–Fri 09:00–12:00, 13:00–18:00\nSat 10:00–14:00"
    assert hours_text(words_for("de"), spans[:1]).startswith("Mo")

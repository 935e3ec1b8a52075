"""Words: escaped where they must be, in the reader's language, with money as people write it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.words import languages, words_for

ENGLISH = words_for("en")


def test_what_people_wrote_is_escaped_in_html_and_left_alone_in_labels() -> None:
    assert ENGLISH("<b>{name}</b>", name="<Ann & Bob>") == "<b>&lt;Ann &amp; Bob&gt;</b>"
    assert ENGLISH.plain("{name}", name="<Ann & Bob>") == "<Ann & Bob>"


def test_joined_and_added_texts_keep_their_tags() -> None:
    joined = "\n".join([ENGLISH("<b>one</b>"), ENGLISH("<i>two</i>")])

    assert joined + ENGLISH("<u>three</u>") == "<b>one</b>\n<i>two</i><u>three</u>"
    assert ENGLISH("<u>{n}</u>", n="<") + joined == "<u>&lt;</u><b>one</b>\n<i>two</i>"
    assert ENGLISH("{inner}", inner=ENGLISH("<b>x</b>")) == "<b>x</b>"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "said"),
    [
        ("en", 1250, "EUR", "€12.50"),
        ("de", 125000, "EUR", "1.250,00\xa0€"),
        ("ru", 1250, "JPY", "1\xa0250\xa0¥"),
        ("en", 250, "XTR", "⭐\xa0250"),
        ("en", 1500, "KWD", "KWD1.500"),
        ("es", 1250, "EUR", "12,50\xa0€"),
        ("tr", 125000, "TRY", "₺1.250,00"),
        ("ar", 1250, "SAR", "\u200f12.50\xa0ر.س.\u200f"),
    ],
)
def test_money_is_written_as_people_write_it(language: str, amount: int, currency: str, said: str) -> None:
    assert words_for(language).money(amount, currency) == said


def test_a_language_is_found_by_its_beginning_and_falls_back_to_english() -> None:
    assert words_for("de-AT").language == "de"
    assert words_for("xx").language == "en"
    assert words_for(None).language == "en"
    assert set(languages()) == {"en", "de", "ru", "es", "tr", "ar"}


def test_dates_are_written_out() -> None:
    moment = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)

    assert words_for("en").date(moment) == "Mar 2, 2026"
    assert words_for("de").datetime(moment) == "2. März 2026, 09:05"


def test_times_are_told_where_the_shop_is() -> None:
    night = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    berlin = words_for("en", ZoneInfo("Europe/Berlin"))

    assert berlin.datetime(night) == "Mar 3, 2026, 00:30"
    assert berlin.date(night) == "Mar 3, 2026"
    assert words_for("en").datetime(night) == "Mar 2, 2026, 23:30"


def test_plurals_follow_the_language() -> None:
    russian = words_for("ru")

    assert [russian.plain_n("{n} review", "{n} reviews", n) for n in (1, 2, 5)] == ["1 отзыв", "2 отзыва", "5 отзывов"]


def test_a_deadline_names_its_zone_and_what_is_left() -> None:
    now = datetime(2026, 3, 2, 9, 5, 30, tzinfo=UTC)
    berlin = words_for("de", ZoneInfo("Europe/Berlin"))

    assert berlin.until(now + timedelta(minutes=14, seconds=59), now) == "10:20 MEZ (14 Minuten)"
    assert words_for("en").until(now + timedelta(hours=2, minutes=59), now) == "12:04 UTC (2 hours)"
    assert words_for("en").until(now + timedelta(days=3), now) == "Mar 5, 2026, 09:05 UTC (3 days)"
    assert words_for("en", ZoneInfo("Asia/Tokyo")).until(now, now) == "18:05 UTC+09 (1 minute)"


def test_a_deadline_is_a_moment_for_new_clients_and_the_shops_time_for_old_ones() -> None:
    words = words_for("en", ZoneInfo("Europe/Berlin"))
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    soon, later = now + timedelta(minutes=15), now + timedelta(days=3)
    assert words.deadline(soon, now) == (
        f'<tg-time unix="{int(soon.timestamp())}" format="t">13:15 UTC+01</tg-time> (15 minutes)'
    )
    assert 'format="Dt"' in words.deadline(later, now)


def test_the_last_day_of_a_sale_is_a_moment_for_new_clients_and_the_shops_day_for_old_ones() -> None:
    words = words_for("en", ZoneInfo("Europe/Berlin"))
    ends = datetime(2026, 12, 2, 22, 59, 59, tzinfo=UTC)
    said = words("🏷 Reduced until {day}", day=words.last_day(ends))
    assert said == f'🏷 Reduced until <tg-time unix="{int(ends.timestamp())}" format="Dt">Dec 2, 2026</tg-time>'

"""Arabic is read from the right, and what is Latin within it stays whole."""

import pytest

from bot.words import words_for
from bot.words.direction import from_the_right


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("الطلب {number}", "الطلب \u2068{number}\u2069"),
        ("<b>الطلب {number}</b>", "<b>الطلب \u2068{number}\u2069</b>"),
        ("🏷 {name}: نفد", "\u200f🏷 \u2068{name}\u2069: نفد"),
        ("{name}\n\nنعم", "\u200f\u2068{name}\u2069\n\nنعم"),
        ("التتبّع: <code>{tracking}</code>", "التتبّع: <code>{tracking}</code>"),
        ("دعوتك: {link} @{username}", "دعوتك: {link} @{username}"),
    ],
)
def test_a_value_is_isolated_and_a_line_begins_on_the_right(text: str, marked: str) -> None:
    assert from_the_right(text) == marked


def test_what_is_copied_or_searched_for_holds_no_mark() -> None:
    arabic = words_for("ar")

    assert str(arabic("<code>{key}</code>", key="AB-12")).endswith("<code>AB-12</code>")
    assert "\u200f" not in arabic.plain("to do, to ship, to send, paid, processing, open")


def test_other_languages_have_no_marks() -> None:
    assert words_for("tr").plain("Order {number}", number="7") == "Sipariş 7"


def test_a_chart_is_labelled_in_letters_that_it_can_join() -> None:
    assert words_for("ar").drawn.language == "en"
    assert words_for("ru").drawn.language == "ru"


def test_a_row_keeps_the_order_of_its_parts_from_the_side_where_reading_begins() -> None:
    assert words_for("de").row("✅ 167", "", "23,40 €", "Lena") == "✅ 167 · 23,40 € · Lena"
    assert words_for("ar").row("✅ 167", "Lena") == "\u200f\u2068✅ 167\u2069 · \u2068Lena\u2069"

"""What people write is kept as it can be seen: nothing hidden, nothing turned round, lines where lines belong."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.forms.writing import clean, one_line

DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mallory\u202e17", "Mallory17"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("one\r\ntwo\u2028three\x85four", "one\ntwo\nthree\nfour"),
        ("a\n\n \n\n\nb", "a\n\nb"),
        ("ze\u200bro\ufeff wid\u2060th", "zero width"),
        ("A\u200dB", "AB"),
        ("tab\tand\u3000blank\u3164", "tab and blank"),
        ("nul\0l", "null"),
        ("lone \ud83d half", "lone  half"),
        ("Q\u0335\u0322\u0327\u031b\u0356\u034ea", "Q\u0335\u0322\u0327\u031ba"),
        ("Cafe\u0301", "Café"),
        ("hidden\U000e0041\U000e0042", "hidden"),
    ],
)
def test_what_cannot_be_seen_or_turns_text_round_is_dropped(written: str, kept: str) -> None:
    assert clean(written) == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize(
    "written",
    [
        "👩🏽\u200d🍳 and 🏳️\u200d🌈 and ❤️\u200d🔥",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "Nguyễn Thị Ánh",
        "שָׁלוֹם",
        "Ёлка, 茶, 차",
        "two\n\nparagraphs",
    ],
)
def test_what_scripts_and_emoji_need_is_kept(written: str) -> None:
    assert clean(written) == unicodedata.normalize("NFC", written)


def test_one_line_is_one_line() -> None:
    assert one_line(" Mallory\n\n✅ PAID\u2028\t today ") == "Mallory ✅ PAID today"


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_cleaning_leaves_nothing_to_clean(written: str) -> None:
    cleaned = clean(written)

    assert clean(cleaned) == cleaned
    assert not set(cleaned) & set(DIRECTIONS)
    assert not [letter for letter in cleaned if unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n"]
    assert "\n" not in one_line(written)
    cleaned.encode()

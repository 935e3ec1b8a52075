"""What a spreadsheet would run is made harmless, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.importing.quoting import cleaned, quoted, unquoted

LETTERS = st.sampled_from("=+-@＝＋－＠' \t\n\u200b\ufeff\u3000\u00a0ab1")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", " =1", "\t=1", "\n=1", "\u200b=1", "\ufeff@x",
     "\u3000＝1", "\u00a0-1", "\tx", "\nx", "'quoted'", " '=1"],
)  # fmt: skip
def test_what_would_run_gets_an_apostrophe_and_comes_back(text: str) -> None:
    assert quoted(text) == f"'{text}"
    assert unquoted(quoted(text)) == text


@pytest.mark.parametrize("text", ["Tea", "1+1", "a=b", "6", "4.50", "https://x.example/?a=b", "", "90's", "Ünder"])
def test_what_would_not_run_stays(text: str) -> None:
    assert (quoted(text), unquoted(text)) == (text, text)


def test_an_apostrophe_that_somebody_wrote_stays() -> None:
    assert unquoted("'90s shirt") == "'90s shirt"


@given(st.text(LETTERS, max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert unquoted(quoted(text)) == text


def test_what_steers_a_terminal_or_turns_text_around_is_left_out() -> None:
    assert cleaned("a\x1b[31mb\x00c\u202ed\u2066e\x9bf\ud800") == "a[31mbcdef"
    assert cleaned("one\r\ntwo\rthree\tfour\n") == "one\ntwo\nthree\tfour\n"

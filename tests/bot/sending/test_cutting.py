"""Texts that are too long are cut, and stay valid HTML."""

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sending.cutting import fit, fit_plain, pieces

PIECES = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=20).map(lambda text: escape(text, quote=False)),
        st.text(min_size=1, max_size=20).map(lambda text: f"<b>{escape(text, quote=False)}</b>"),
        st.text(min_size=1, max_size=9).map(lambda text: f"<i>a <u>{escape(text, quote=False)}</u> b</i>"),
    ),
    max_size=20,
)


class Reader(HTMLParser):
    """Reads the visible text and notices a tag that is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.seen += data


@given(PIECES, st.integers(2, 100))
def test_what_is_cut_fits_and_every_tag_is_closed(pieces: list[str], limit: int) -> None:
    cut = Reader(fit("".join(pieces), limit))

    assert not cut.open
    assert len(cut.seen.encode("utf-16-le")) // 2 <= limit


@given(st.text(max_size=200), st.integers(1, 100))
def test_plain_text_fits(text: str, limit: int) -> None:
    assert len(fit_plain(text, limit).encode("utf-16-le", "surrogatepass")) // 2 <= limit


def test_what_fits_is_left_alone() -> None:
    assert fit("<b>short</b> &amp; sweet", 40) == "<b>short</b> &amp; sweet"


def test_a_cut_is_marked() -> None:
    assert fit("<b>one two three</b>", 8) == "<b>one two…</b>"


@pytest.mark.parametrize("text", ["слово " * 900, "я" * 9000, "👩🏽‍🍳" * 2000, "e\u0301" * 5000, "a\n" * 5000, "", "x"])
def test_pieces_lose_nothing_and_fit(text: str) -> None:
    found = pieces(text, 500)

    assert "".join(found) == text
    assert all(0 < len(piece.encode("utf-16-le")) // 2 <= 500 for piece in found)
    assert not any(piece.startswith(("\u0301", "\u200d", "\U0001f3fd")) for piece in found)

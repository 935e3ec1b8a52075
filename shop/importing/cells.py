"""Reading single cells; what is wrong with one is noted with its line and column, and reading goes on."""

import re
from html.parser import HTMLParser

from db.amounts import parse_amount
from shop.importing.reading import Row
from shop.importing.report import Problem
from shop.products_draft import DESCRIPTION_LIMIT, NAME_LIMIT, PRICE_LIMIT, QUANTITY_LIMIT, SKU_LIMIT, read_category
from shop.refusals import CannotRead

YES = {"true", "yes", "1", "y", "active", "x"}
NO = {"false", "no", "0", "n", ""}
URL_LIMIT = 1024
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so


class Cells:
    """Reads the cells of a file, collecting problems and notes."""

    def __init__(self, problems: list[Problem], notes: list[Problem]) -> None:
        self.problems = problems
        self.notes = notes

    def refuse(self, row: Row, column: str, message: str) -> None:
        """Note what is wrong in a cell."""
        self.problems.append(Problem(row.line, message, column))

    def note(self, row: Row, column: str, message: str) -> None:
        """Note how a cell was understood."""
        self.notes.append(Problem(row.line, message, column))

    def text(self, row: Row, column: str, limit: int = NAME_LIMIT) -> str:
        """A short text on one line; too long is a problem."""
        text = " ".join(unquoted(row.get(column)).split())
        if len(text) > limit:
            self.refuse(row, column, f"{len(text):,} characters; at most {limit} fit")
        return text[:limit]

    def long_text(self, row: Row, column: str, *, html: bool = False) -> str:
        """A description; one that is too long is shortened, with a note."""
        text = unquoted(row.get(column))
        text = plain_text(text) if html else text.replace("\r\n", "\n")
        if len(text) > DESCRIPTION_LIMIT:
            self.note(row, column, f"shortened from {len(text):,} to {DESCRIPTION_LIMIT:,} characters")
            text = text[: DESCRIPTION_LIMIT - 1].rstrip() + "…"
        return text

    def price(self, row: Row, column: str, currency: str) -> int:
        """A price above zero in minor units; 0 stands for one that could not be read."""
        text = row.get(column)
        if not text:
            self.refuse(row, column, "the price is missing")
            return 0
        try:
            price = parse_amount(text, currency)
        except ValueError:
            self.refuse(row, column, f"{text[:40]!r} is not a price in {currency}; write it like 12.50")
            return 0
        if price == 0:
            self.refuse(row, column, "the price is 0: nobody could pay it")
        if price > PRICE_LIMIT:
            self.refuse(row, column, f"{text[:40]} is more than can be charged")
        return min(price, PRICE_LIMIT)

    def whole(self, row: Row, column: str) -> int | None:
        """A whole number of any sign, or None when the cell is empty or (a problem) not a number."""
        text = row.get(column).lstrip("'")
        if not text:
            return None
        try:
            number = int(text.removesuffix(".0"))
        except ValueError:
            number = QUANTITY_LIMIT + 1
        if abs(number) > QUANTITY_LIMIT or not text.isascii() or "_" in text:
            self.refuse(row, column, f"{text[:40]!r} is not a whole number up to {QUANTITY_LIMIT:,}")
            return None
        return number

    def sku(self, row: Row, column: str) -> str:
        """A SKU; empty when there is none, shortened when it is too long (a problem)."""
        return self.text(row, column, SKU_LIMIT)

    def category(self, row: Row, column: str) -> str:
        """A category path; too deep or too long is a problem."""
        try:
            return read_category(unquoted(row.get(column)))
        except CannotRead:
            self.refuse(row, column, "a category is at most four levels, like Tea / Green")
            return ""

    def url(self, row: Row, column: str) -> str | None:
        """The address of a picture, or None; what is no address is left out with a note."""
        url = row.get(column)
        if not url:
            return None
        if len(url) > URL_LIMIT or not url.startswith(("https://", "http://")) or any(c.isspace() for c in url):
            self.note(row, column, "not the address of a picture: left out")
            return None
        return url

    def yes(self, row: Row, column: str) -> bool:
        """True or false; anything else is a problem."""
        text = row.get(column).lower()
        if text not in YES | NO:
            self.refuse(row, column, f"{text[:40]!r} is neither true nor false")
        return text in YES


def quoted(text: str) -> str:
    """The text made harmless for spreadsheets: an apostrophe before what they would run as a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) or text.startswith("'") else text


def unquoted(text: str) -> str:
    """The text without the apostrophe that `quoted` put there."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*DANGEROUS, "'")) else text


class _Plain(HTMLParser):
    """Keeps the words and the paragraphs of HTML."""

    BLOCKS = frozenset(("p", "div", "br", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in {"script", "style"}:
            self._hidden += 1
        elif tag == "li":
            self.parts.append("\n• ")
        elif tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._hidden = max(0, self._hidden - 1)
        elif tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain_text(html: str) -> str:
    """The words of an HTML fragment with their paragraphs and list items, without tags, scripts and styles."""
    if "<" not in html and "&" not in html:
        return html.replace("\r\n", "\n").strip()
    parser = _Plain()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line and line != "•")

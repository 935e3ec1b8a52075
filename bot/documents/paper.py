r"""What a paper holds: values, so that a screen decides what is on it and a test reads that without opening a PDF.

A noun builds a `Paper` from its rows by a plain function, in the words of the person, and hands it on:

    paper = Paper("Receipt 7", (Page((Text("Receipt 7", big=True), Table(columns, rows, sums=(…,)))),))
    return Document("receipt-7.pdf", await printed(paper), caption, keyboard)       # printed: press.py

Texts are plain: no HTML, and a "\n" begins a new line. Whoever reads right to left needs nothing more: each line runs
the way of its letters.
"""

from collections.abc import Sequence

from msgspec import Struct


class Text(Struct, frozen=True):
    """A paragraph across the page, or one above another."""

    text: str
    big: bool = False
    strong: bool = False
    quiet: bool = False  # small and grey


class Column(Struct, frozen=True):
    """A column of a table: what stands above it, and its share of the width beside those of the others."""

    heading: str
    share: int = 1
    right: bool = False  # numbers stand on the right


class Table(Struct, frozen=True):
    """Rows under headings, which are said again on every sheet; `sums` come last, strong. A cell for each column."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    sums: Sequence[Sequence[str]] = ()


class Beside(Struct, frozen=True):
    """Two paragraphs side by side: whom it is from and whom it is for."""

    left: str
    right: str


Block = Text | Table | Beside


class Page(Struct, frozen=True):
    """What begins on a sheet of its own, and goes on over as many as it needs."""

    blocks: Sequence[Block]


class Paper(Struct, frozen=True):
    """A whole file: its title among a reader's windows, its pages, and what stands under each sheet."""

    title: str
    pages: Sequence[Page]
    foot: str = ""
    rtl: bool = False  # read from the right: so paragraphs stand there, and columns begin there

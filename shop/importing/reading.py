"""From bytes to rows: encodings, delimiters, quotes, and the line on which each row begins.

Rows are read one at a time, and of each only the columns that somebody asks for.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from typing import BinaryIO

from msgspec import Struct

from shop.importing.report import Problem
from shop.importing.saying import said

LARGEST_FILE = 64 * 1024 * 1024  # bytes
LONGEST_FIELD = 100_000  # characters; beyond it the file is damaged, not chatty
MOST_COLUMNS = 512
MOST_BROKEN = 1000  # rows that are no rows
DELIMITERS = ",;\t|"
MAGIC = {
    b"%PDF": said("it is a PDF"),
    b"\x89PNG": said("it is a picture"),
    b"\xff\xd8\xff": said("it is a picture"),
    b"\xd0\xcf\x11\xe0": said("it is an old Excel workbook: save it as .xlsx or CSV (UTF-8)"),
    b"\x1f\x8b": said("it is compressed: unpack it first"),
}
SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?\s*$', re.IGNORECASE)  # how Excel is told the delimiter


class Unreadable(Exception):  # noqa: N818  the reader's way out, with what to tell
    """The file as a whole cannot be read."""

    def __init__(self, line: int, message: str, column: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(line, message, column)


class Layout(Struct, frozen=True):
    """Which columns hold the fields that a reader asked for, and how the file calls them."""

    places: dict[str, tuple[int, ...]]
    headings: dict[str, str]


class Row(Struct, frozen=True):
    """One row by field; `line` is where it begins in the file."""

    line: int
    cells: tuple[str, ...]
    layout: Layout

    def get(self, field: str) -> str:
        """The cell without blanks around it, the first of its columns that is filled; empty when there is none."""
        for place in self.layout.places.get(field, ()):
            if place < len(self.cells) and self.cells[place]:
                return self.cells[place]
        return ""

    def has(self, field: str) -> bool:
        """Whether the file has a column for it."""
        return field in self.layout.places


class Sheet:
    """The columns of a file, as they are written and in small letters, and its rows, to be read once."""

    def __init__(self, columns: list[str], numbered: Iterator[tuple[int, list[str]]], aside: list[Problem]) -> None:
        self.columns = tuple(column.strip() for column in columns)
        self.keys = tuple(key_of(column) for column in columns)
        self.remark = ""  # what should be known about where the rows come from
        self._numbered = numbered
        self._aside = aside

    @property
    def twice(self) -> set[str]:
        """Columns that are there more than once."""
        return {key for key, count in Counter(self.keys).items() if key and count > 1}

    def rows(self, names: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
        """The rows, with the fields of `names` (field → its columns in small letters, the best first).

        A row with cells under no column is set aside.
        """
        at = {key: place for place, key in reversed(list(enumerate(self.keys))) if key}
        wanted = sorted({at[key] for keys in names.values() for key in keys if key in at})
        compact = {place: index for index, place in enumerate(wanted)}
        found = {field: [at[key] for key in keys if key in at] for field, keys in names.items()}
        layout = Layout(
            {field: tuple(compact[place] for place in places) for field, places in found.items() if places},
            {field: self.columns[places[0]] for field, places in found.items() if places},
        )
        width = len(self.columns)
        for line, cells in self._numbered:
            if any(cell.strip() for cell in cells[width:]):
                message = said(
                    "{n} cells under {width} columns: is a quote or a delimiter missing?", n=len(cells), width=width
                )
                self._aside.append(Problem(line, message))
                continue
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(cells[place].strip() if place < len(cells) else "" for place in wanted), layout)


def key_of(column: str) -> str:
    """A heading as it is compared: small letters, single blanks, no underscores and no byte order mark."""
    return " ".join(column.replace("\ufeff", "").replace("_", " ").split()).casefold()


def open_sheet(stream: BinaryIO, aside: list[Problem]) -> Sheet:
    """The columns and rows of a CSV file; rows that are none are added to `aside`. Raises Unreadable, here or later."""
    head = stream.read(4096)
    for magic, what in MAGIC.items():
        if head.startswith(magic):
            raise Unreadable(0, said("not a CSV file, {what}", what=what))
    encoding = _encoding(head)
    lines = _lines(stream, encoding)
    skipped, header = 0, ""
    delimiter = ""
    for line in lines:
        header = line
        named = SEPARATOR.match(line)
        if named is not None and not delimiter:
            delimiter = named[1]
        elif line.strip("\ufeff \t\r\n,;"):
            break
        skipped, header = skipped + 1, ""
    if not header:
        raise Unreadable(0, said("it is empty"))
    numbered = _rows(_chained(header, lines), delimiter or _delimiter(header), skipped, aside)
    first = next(numbered, None)
    if first is None:
        raise Unreadable(1, said("the line with the names of the columns cannot be read"))
    if len(first[1]) > MOST_COLUMNS:
        raise Unreadable(
            first[0],
            said(
                "{n} columns; at most {most_columns} are read", n=format(len(first[1]), ","), most_columns=MOST_COLUMNS
            ),
        )
    return Sheet(first[1], numbered, aside)


def _chained(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1:2] == head[3:4] == b"\0" and head[:1] != b"\0":
        return "utf-16-le"
    if head[:1] == head[2:3] == b"\0" and head[1:2] != b"\0":
        return "utf-16-be"
    return "utf-8-sig"


def _lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    stream.seek(0)
    text = TextIOWrapper(stream, encoding, newline="")
    number = 0
    try:
        for number, line in enumerate(text, start=1):
            if "\0" in line:
                raise Unreadable(number, said("not a text file"))
            yield line
    except UnicodeError:
        name = encoding[:6].upper().rstrip("-")
        raise Unreadable(
            _broken_line(stream, encoding), said("not {name} text: save the file as CSV (UTF-8)", name=name)
        ) from None
    finally:
        text.detach()  # the stream is the caller's to close


def _broken_line(stream: BinaryIO, encoding: str) -> int:
    stream.seek(0)
    content = stream.read()
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="ignore")
        return len(re.findall(r"\r\n|\r|\n", before)) + 1
    except UnicodeError:
        pass
    return 1


def _delimiter(header: str) -> str:
    """The one that makes the most columns of the first line, quotes respected."""
    header = header[:LONGEST_FIELD]
    return max(DELIMITERS, key=lambda each: len(next(csv.reader([header], delimiter=each), [])))


def _rows(lines: Iterable[str], delimiter: str, skipped: int, aside: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    broken = 0
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            broken += 1
            message = _in_words(str(error))
            if "never closed" in message or broken > MOST_BROKEN:
                raise Unreadable(line, message) from None
            aside.append(Problem(line, message))
            continue
        if any(len(cell) > LONGEST_FIELD for cell in cells):
            aside.append(
                Problem(
                    line,
                    said("a cell is longer than {longest_field} characters", longest_field=format(LONGEST_FIELD, ",")),
                )
            )
        elif cells:
            yield line, cells


def _in_words(error: str) -> str:
    if "field limit" in error or "field larger" in error:
        return said("a cell is longer than {longest_field} characters", longest_field=format(LONGEST_FIELD, ","))
    if "unexpected end" in error:
        return said("a quote is opened here and never closed")
    return said("this is not a CSV row ({error})", error=error)

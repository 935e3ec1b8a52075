"""From bytes to rows: encodings, delimiters, quotes, and the line on which each row begins."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from msgspec import Struct

from shop.importing.report import Problem

LARGEST_FILE = 64 * 1024 * 1024  # bytes
LONGEST_FIELD = 100_000  # characters; beyond it the file is damaged, not chatty
MOST_PROBLEMS = 1000
MAGIC = {
    b"PK\x03\x04": "it is an Excel workbook or a zip archive: save it as CSV (UTF-8)",
    b"%PDF": "it is a PDF",
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
    b"\xd0\xcf\x11\xe0": "it is an old Excel workbook: save it as CSV (UTF-8)",
    b"\x1f\x8b": "it is compressed: unpack it first",
}


class Row(Struct, frozen=True):
    """One row by column name; `line` is where it begins in the file."""

    line: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell without blanks around it; empty when the row is short or the column missing."""
        return self.cells.get(column, "").strip()


class Sheet(Struct, frozen=True):
    """The columns of a file and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(content: bytes, problems: list[Problem]) -> Sheet | None:
    """The rows of a CSV file with a header; None when it is no such file. What is wrong is added to `problems`."""
    text = _decode(content, problems)
    if text is None:
        return None
    header = next((line for line in StringIO(text) if line.strip()), "")
    if not header:
        problems.append(Problem(0, "it is empty"))
        return None
    numbered = _rows(StringIO(text, newline=""), _delimiter(header), problems)
    first = next(numbered, None)
    if first is None:
        return None
    columns = tuple(cell.strip() for cell in first[1])
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    problems.extend(Problem(first[0], "this column is there twice", column) for column in twice)
    rows = []
    for line, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            problems.append(
                Problem(line, f"{len(cells)} cells under {len(columns)} columns: is a quote or a delimiter missing?")
            )
            continue
        rows.append(Row(line, dict(zip(columns, cells, strict=False))))
    return Sheet(columns, tuple(rows))


def _decode(content: bytes, problems: list[Problem]) -> str | None:
    for magic, what in MAGIC.items():
        if content.startswith(magic):
            problems.append(Problem(0, f"not a CSV file, {what}"))
            return None
    if len(content) > LARGEST_FILE:
        problems.append(Problem(0, f"larger than {LARGEST_FILE // 1024**2} MB"))
        return None
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(Problem(line, f"not {encoding[:6].upper().rstrip('-')} text: save the file as CSV (UTF-8)"))
        return None
    if "\0" in text:
        problems.append(Problem(text[: text.index("\0")].count("\n") + 1, "not a text file"))
        return None
    return text


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _rows(lines: Iterable[str], delimiter: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while len(problems) < MOST_PROBLEMS:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(line, _in_words(str(error))))
            continue
        if any(len(cell) > LONGEST_FIELD for cell in cells):
            problems.append(Problem(line, f"a cell is longer than {LONGEST_FIELD:,} characters"))
            continue
        if cells:
            yield line, cells


def _in_words(error: str) -> str:
    if "field limit" in error:
        return f"a cell is longer than {LONGEST_FIELD:,} characters"
    if "unexpected end" in error:
        return "a quote is opened here and never closed"
    return f"this is not a CSV row ({error})"

"""Keys out of a file: a line each of a text, or the first column of a table."""

import csv
import io

from shop.refusals import CannotRead
from shop.units.pool import Added, NewUnit, read_lines

LARGEST = 6 * 1024 * 1024  # bytes of a text file: ten thousand long keys
TITLES = frozenset({"key", "keys", "code", "codes"})  # what the first line of a table may be called


def read_file(content: bytes, *, is_table: bool) -> tuple[list[NewUnit], Added]:
    """The keys in it, and what was left out. Raises CannotRead (no text in UTF-8)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRead(field="file", given="", hint="file_text") from error
    return read_lines(_first_column(text) if is_table else text)


def _first_column(text: str) -> str:
    """The keys of a table, without its title; a line stays a line, so that a summary can name it."""
    separator = ";" if ";" in text.partition("\n")[0] else ","
    cells = [row[0] if row else "" for row in csv.reader(io.StringIO(text), delimiter=separator, strict=False)]
    if cells and cells[0].strip().casefold() in TITLES:
        cells[0] = ""
    return "\n".join(" ".join(cell.split()) for cell in cells)

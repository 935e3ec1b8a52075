"""Writing a table of rows as CSV or as an Excel workbook, a page at a time, so that a large one needs little memory."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from shop.importing.quoting import FORMULAS, cleaned, quoted

Cell = str | int | Decimal | datetime | None
XLSX_ROWS = 1_048_576  # of a sheet
TEXT = "@"
_ODD = re.compile("[\ufffe\uffff]")  # what XML does not hold


class Table(Protocol):
    """Takes rows; `close` completes the file."""

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write these rows below the others."""
        ...

    def close(self) -> None:
        """Nothing comes any more."""
        ...

    def abandon(self) -> None:
        """Nothing shall come of it."""
        ...


class CsvTable:
    """A CSV file; a text that a spreadsheet would run stands behind an apostrophe."""

    def __init__(self, out: TextIO, columns: Sequence[str]) -> None:
        self._writer = csv.writer(out, lineterminator="\n")
        self._writer.writerow(columns)

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write these rows below the others."""
        self._writer.writerows([_as_text(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """Nothing to complete: the file is its opener's."""

    def abandon(self) -> None:
        """As `close`."""


class ExcelTable:
    """A workbook with one sheet: numbers and days as such, every text as a text, whatever it begins with."""

    def __init__(self, path: Path | BinaryIO, columns: Sequence[str], *, title: str, zone: tzinfo) -> None:
        from openpyxl import Workbook  # noqa: PLC0415  a heavy library, for this file alone

        self._path, self._zone = path, zone
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._sheet.append([self._cell(column) for column in columns])

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write these rows below the others; slow, so outside the event loop."""
        for row in rows:
            self._sheet.append([self._cell(cell) for cell in row])

    def close(self) -> None:
        """Complete the file."""
        self._book.save(self._path)

    def abandon(self) -> None:
        """Give back what the rows were kept in; no file is written."""
        self._sheet.close()
        self._sheet._writer.cleanup()  # noqa: SLF001  else the rows lie there until the process ends

    def _cell(self, value: Cell) -> object:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  as above

        if value is None or value == "":
            return None
        cell = WriteOnlyCell(self._sheet, value=None)
        if isinstance(value, datetime):
            local = value.astimezone(self._zone).replace(tzinfo=None)
            if value.microsecond or local.replace(tzinfo=self._zone) != value:
                value = value.isoformat()  # a moment that the hands of a clock do not tell exactly
            else:
                cell.value, cell.number_format = local, "yyyy-mm-dd hh:mm:ss"
                return cell
        if isinstance(value, str):
            # an apostrophe at the beginning is doubled, as reading takes one away
            text = _ODD.sub("", cleaned(value))
            cell.value = quoted(text) if text.startswith("'") else text
            cell.data_type, cell.number_format = "s", TEXT
            cell.quotePrefix = text.lstrip()[:1] in FORMULAS + "'"
            return cell
        cell.value = value
        if isinstance(value, Decimal):
            places = -int(value.as_tuple().exponent)
            cell.number_format = f"0.{'0' * places}" if places > 0 else "0"
        return cell


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return quoted(cleaned(cell)) if isinstance(cell, str) else str(cell)

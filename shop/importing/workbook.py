"""From an Excel workbook to rows of text, as a CSV of the same sheet would hold them; read row by row."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from shop.importing.reading import LONGEST_FIELD, Sheet, Unreadable
from shop.importing.report import Problem
from shop.importing.saying import said
from shop.importing.weighing import SHEET, weigh

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

ZIP = b"PK\x03\x04"
DIGITS = 15  # that Excel keeps of a number
ZEROS = re.compile(r"0{2,20}")  # a format that shows 42 as 00042


def open_workbook(stream: BinaryIO, aside: list[Problem]) -> Sheet:
    """The first sheet that holds anything; formulas by their values. Raises Unreadable, here or later."""
    from openpyxl import load_workbook  # noqa: PLC0415  a heavy library, for this file alone

    width = weigh(stream)
    try:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception as error:  # whatever a library says about a file that somebody made
        raise Unreadable(0, said("the workbook is damaged: open it and save it again")) from error
    for sheet in shown:
        rows = _filled(sheet, max(width, 1), aside)
        first = next(rows, None)
        if first is not None:
            while first[1] and not first[1][-1].strip():
                first[1].pop()
            found = Sheet(first[1], rows, aside)
            if len(shown) > 1:
                found.remark = said(
                    "of the {n} sheets of the workbook {sheet} is read", n=len(shown), sheet=repr(sheet.title[:40])
                )
            return found
    raise Unreadable(0, said("it is empty"))


def _filled(sheet: "Worksheet", width: int, aside: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with their number in the sheet."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # of one that is only read; programs write wrong ones
    rows = sheet.iter_rows(max_row=SHEET, max_col=width)
    before = None
    for line in range(1, SHEET + 1):
        try:
            row = next(rows, None)
        except Exception as error:  # as above: a cell that says 2026-99-99, a number that is none
            raise Unreadable(line, said("the workbook is damaged here: open it and save it again")) from error
        if row is None:
            return
        if row is before or not any(cell.value is not None for cell in row):
            before = row  # rows that the file leaves out are one and the same
            continue
        cells = [_text(cell) for cell in row]
        broken = next((cell for cell in row if cell.data_type == "e"), None)
        if broken is not None:
            aside.append(
                Problem(
                    line,
                    said(
                        "the cell {coordinate} holds the error {text}",
                        coordinate=broken.coordinate,
                        text=_text(broken)[:20],
                    ),
                )
            )
        elif any(len(cell) > LONGEST_FIELD for cell in cells):
            aside.append(
                Problem(
                    line,
                    said("a cell is longer than {longest_field} characters", longest_field=format(LONGEST_FIELD, ",")),
                )
            )
        else:
            while cells and not cells[-1].strip():
                cells.pop()
            yield line, cells


def _text(cell: "Cell | MergedCell") -> str:
    """What the cell shows, without the manners of a country."""
    value: object = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime):
        whole = value.time() == time() and not re.search("[hHsS]", cell.number_format or "")
        return value.date().isoformat() if whole else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float, shown_as: str) -> str:
    """The number without an exponent, and without the dust that binary fractions leave behind."""
    text = str(value) if isinstance(value, int) else f"{Decimal(f'{value:.{DIGITS}g}'):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.zfill(len(shown_as)) if ZEROS.fullmatch(shown_as) and text.isdecimal() else text

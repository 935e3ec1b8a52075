"""Excel workbooks: numbers, days and texts as they are meant, and those that are made to hurt."""

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from shop.importing import read_content
from shop.importing.report import ImportReport
from shop.importing.tables import CsvTable, ExcelTable
from shop.importing.wanted import Wanted

SHEET = "xl/worksheets/sheet1.xml"
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = "</sheetData></worksheet>"
HEAD = '<row r="1"><c t="inlineStr"><is><t>name</t></is></c><c t="inlineStr"><is><t>price</t></is></c></row>'


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def forged(xml: str) -> bytes:
    """A workbook whose sheet is this."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(Workbook()))) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in whole.namelist():
            copy.writestr(name, xml if name == SHEET else whole.read(name))
    return out.getvalue()


def read(content: bytes) -> tuple[list[Wanted], ImportReport]:
    report = ImportReport()
    return read_content(content, "EUR", report), report


def test_cells_are_read_as_they_are_shown() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet.append(["sku", "name", "price", "quantity", "sale_price", "sale_from", "archived", None])
    sheet.append([42, "Tea", 29.990000000000002, 10.0, 3.99, date(2026, 12, 24), False])
    sheet["A3"].number_format = "00000"
    sheet.append([1234567890123.0, "Cup", "4,50", 3])
    book.create_sheet("more").append(["nothing"])

    (tea, cup), report = read(saved(book))

    assert (tea.sku, tea.line, tea.quantity) == ("00042", 3, 10)
    assert (tea.values["price"], tea.values["sale_price"]) == (2999, 399)
    assert tea.values["sale_from"] == "2026-12-24T00:00:00+00:00"
    assert (cup.sku, cup.values["price"], cup.values["archived"]) == ("1234567890123", 450, False)
    assert "of the 2 sheets of the workbook 'Sheet' is read" in [note.message for note in report.notes]


def test_a_formula_counts_by_its_value_and_an_error_sets_its_row_aside() -> None:
    rows = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Tea</t></is></c><c r="B2"><f>2+2.5</f><v>4.5</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Cup</t></is></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )

    (tea,), report = read(forged(OPEN + HEAD + rows + CLOSE))

    assert tea.values["price"] == 450
    assert [(problem.line, problem.message) for problem in report.aside] == [
        (3, "the cell B3 holds the error #DIV/0!"),
    ]


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (OPEN + '<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>" + CLOSE, "513 columns; at most 512 are read"),
        (OPEN + HEAD + '<row r="2"><c r="XFD2"><v>1</v></c></row>' + CLOSE, "16,384 columns"),
        (OPEN + HEAD + '<row r="999999999"><c><v>1</v></c></row>' + CLOSE, "at most 200,000 rows"),
        (OPEN + HEAD + "<row><c><v>1</v></c></row>" * 200_001 + CLOSE, "at most 200,000 rows"),
        (OPEN + "<row>" + "<c/>" * 200_000 + "</row>" + CLOSE, "too large: a row"),
        (OPEN + " " * 300_000_000 + CLOSE, "unpacked, at most 256 MB are read"),
        (OPEN + " " * 50_000_000 + CLOSE, "too large: a cell of it is"),
        (OPEN.replace("<sheetData>", "<cols>" + "<col/>" * 400_000 + "</cols><sheetData>") + CLOSE, "too large: a row"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + OPEN + CLOSE, "holds what no workbook holds"),
        (OPEN + HEAD + '<row r="2"><c r="A2" t="d"><v>2026-99-99</v></c></row>' + CLOSE, "damaged here"),
        (OPEN + HEAD + "<row>", "damaged: open it and save it again"),
    ],
    ids=["columns", "far column", "far row", "rows", "cells", "bomb", "blank", "widths", "entity", "date", "torn"],
)
def test_a_workbook_that_is_made_to_hurt_is_refused_in_a_sentence(xml: str, said: str) -> None:
    content = forged(xml)
    tracemalloc.start()
    try:
        wanted, report = read(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert wanted == []
    assert said in report.problems[0].message
    assert most < 48 * 1024**2


def test_an_archive_that_is_no_workbook_is_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("products.csv", "name,price\nTea,4\n")

    _, report = read(out.getvalue())

    assert "a zip archive, not an Excel workbook" in report.problems[0].message


def test_what_is_written_is_a_number_a_day_or_a_text_and_never_a_formula(tmp_path: Path) -> None:
    file, zone = tmp_path / "out.xlsx", ZoneInfo("Europe/Berlin")
    texts = ["=1+1", "+49 30 1", "-5", "@SUM(A1)", "＝1+1", "\t=1", "'quoted", "00123", "1E5", "plain"]
    table = ExcelTable(file, ["a", "b", "c", "d"], title="products", zone=zone)
    moment = datetime(2026, 12, 24, 17, 30, tzinfo=UTC)
    table.add([(Decimal("4.50"), 7, moment, text) for text in texts])
    table.add([(None, None, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "an hour that comes twice")])
    table.close()

    sheet = load_workbook(file).worksheets[0]
    cells = list(sheet.iter_rows(min_row=2))

    assert [row[3].value for row in cells[:-1]] == [*texts[:6], "''quoted", *texts[7:]]
    assert {row[3].data_type for row in cells} == {"s"}
    assert (cells[0][0].value, cells[0][0].data_type, cells[0][0].number_format) == (4.5, "n", "0.00")
    assert (cells[0][1].value, cells[0][2].value) == (7, datetime.fromisoformat("2026-12-24T18:30"))
    assert cells[-1][2].value == "2026-10-25T01:30:00+00:00"


def test_the_same_rows_as_csv_are_guarded(tmp_path: Path) -> None:
    out = io.StringIO()

    CsvTable(out, ["a", "b"]).add([("=1+1", Decimal("4.50")), (None, 3)])

    assert out.getvalue() == "a,b\n'=1+1,4.50\n,3\n"

"""A paper as a PDF of A4 sheets, set in DejaVu Sans: Latin, Cyrillic, Greek and Arabic letters, joined and turned."""

import asyncio
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from bot.documents.paper import Beside, Block, Column, Paper, Table, Text

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "DejaVu"
MARGIN, GAP = 18, 3  # millimetres
SIZE, BIG, QUIET = 10, 18, 8  # points
LEADING = 1.45  # the height of a line beside that of its letters
INK, GREY, RULE, SHADE = 32, 110, 200, 242  # 0 is black, 255 is white
POINT = 25.4 / 72  # millimetres
MISSING, UNSEEN = "\ufffd", frozenset("CSM")  # stands for a letter; controls, symbols and marks

_one_at_a_time = asyncio.Lock()  # setting fifty pages takes a core for seconds


async def printed(paper: Paper) -> bytes:
    """The file, set apart from the event loop, one at a time. It holds no moment: the same paper is the same file."""
    async with _one_at_a_time:
        return await asyncio.to_thread(_print, paper)


def _print(paper: Paper) -> bytes:
    pdf = _sheets(paper)
    for page in paper.pages:
        pdf.add_page()
        for block in page.blocks:
            _set(pdf, block, rtl=paper.rtl)
            pdf.ln(GAP)
    return bytes(pdf.output())


def _sheets(paper: Paper) -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415  a start costs what it costs without

    class Sheets(FPDF):
        """Says under every sheet which one it is."""

        def footer(self) -> None:
            self.set_y(-MARGIN + GAP)
            _ink(self, QUIET, GREY)
            self.cell(self.epw / 2, text=_known(paper.foot))
            self.cell(self.epw / 2, text=f"{self.page_no()} / {{nb}}", align="R")

    pdf = Sheets(format="A4")
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN + GAP)
    pdf.set_title(_known(paper.title))
    pdf.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
    for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        pdf.add_font(FONT, style, _fonts() / file)
    pdf.set_text_shaping(use_shaping_engine=True)
    pdf.set_draw_color(RULE)
    return pdf


def _set(pdf: "FPDF", block: Block, *, rtl: bool) -> None:
    match block:
        case Text():
            size = BIG if block.big else QUIET if block.quiet else SIZE
            _ink(pdf, size, GREY if block.quiet else INK, strong=block.big or block.strong)
            _paragraph(pdf, block.text, size, 0, rtl=rtl)
        case Beside():
            _beside(pdf, Beside(block.right, block.left) if rtl else block, rtl=rtl)
        case Table():
            _table(pdf, _turned(block) if rtl else block)


def _turned(table: Table) -> Table:
    """The same with its first column on the right."""
    columns = [Column(one.heading, one.share, right=not one.right) for one in reversed(table.columns)]
    rows, sums = ([list(reversed(row)) for row in some] for some in (table.rows, table.sums))
    return Table(columns, rows, sums)


def _beside(pdf: "FPDF", block: Beside, *, rtl: bool) -> None:
    _ink(pdf, SIZE, INK)
    top, sheet, half = pdf.get_y(), pdf.page_no(), pdf.epw / 2
    _paragraph(pdf, block.left, SIZE, half - GAP, rtl=rtl)
    below = pdf.get_y()
    if pdf.page_no() != sheet:  # too long to have something beside it
        _paragraph(pdf, block.right, SIZE, 0, rtl=rtl)
        return
    pdf.set_xy(pdf.l_margin + half, top)
    _paragraph(pdf, block.right, SIZE, half, rtl=rtl)
    if pdf.page_no() == sheet:
        pdf.set_y(max(below, pdf.get_y()))


def _table(pdf: "FPDF", block: Table) -> None:
    from fpdf.enums import TableBordersLayout, VAlign  # noqa: PLC0415
    from fpdf.fonts import FontFace  # noqa: PLC0415

    _ink(pdf, SIZE, INK)
    strong = FontFace(emphasis="BOLD", fill_color=SHADE)
    with pdf.table(
        col_widths=tuple(column.share for column in block.columns),
        text_align=tuple("RIGHT" if column.right else "LEFT" for column in block.columns),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=strong,
        line_height=SIZE * POINT * LEADING,
        padding=1,
        v_align=VAlign.T,
    ) as table:
        for cells in ([column.heading for column in block.columns], *block.rows):
            table.row(tuple(_known(cell) for cell in cells))
        for cells in block.sums:
            table.row(tuple(_known(cell) for cell in cells), style=strong)


def _paragraph(pdf: "FPDF", text: str, size: int, width: float, *, rtl: bool) -> None:
    side = "R" if rtl else "L"
    pdf.multi_cell(width, size * POINT * LEADING, _known(text), align=side, new_x="LMARGIN", new_y="NEXT")


def _ink(pdf: "FPDF", size: int, grey: int, *, strong: bool = False) -> None:
    pdf.set_font(FONT, "B" if strong else "", size)
    pdf.set_text_color(grey)


def _known(text: str) -> str:
    """What the font can set: a letter that it has not is shown as missing, emoji and what is not seen are left out."""
    known = _letters()
    return "".join(
        sign if sign == "\n" or ord(sign) in known else "" if category(sign)[0] in UNSEEN else MISSING
        for sign in text.replace("\t", " ")
    ).strip(" ")


@cache
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(_fonts() / "DejaVuSans.ttf") as font:
        return frozenset(font.getBestCmap())


@cache
def _fonts() -> Path:
    import matplotlib as mpl  # noqa: PLC0415

    return Path(mpl.get_data_path()) / "fonts" / "ttf"

"""A paper becomes a PDF in whatever letters it is written, and goes on over as many sheets as it needs."""

import pytest

from bot.documents.paper import Beside, Column, Page, Paper, Table, Text
from bot.documents.press import printed

GOODS = (Column("Menge", 1, right=True), Column("Ware", 6))


@pytest.mark.parametrize(
    "text",
    [
        "Grüße — „naïve“ €",
        "Чай зелёный",
        "Τσάι",
        "İstanbul'da ılık çay",
        "شاي أخضر ٣",
        "🍵 茶 \u202e\x00\ud800\u0301",
        "",
        "X" * 400,
    ],
)
async def test_all_letters_are_set_and_none_breaks_a_paper(text: str) -> None:
    table = Table(GOODS, [("2", text)], sums=[("2", text)])
    pdf = await printed(Paper(text, [Page([Text(text, big=True), Beside(text, text), table, Text(text)])], text))
    assert pdf.startswith(b"%PDF")
    assert b"/Type /Page\n" in pdf


async def test_what_is_long_goes_on_on_the_next_sheet() -> None:
    rows = [(str(n), "Tea") for n in range(90)]
    pdf = await printed(Paper("Tea", [Page([Table(GOODS, rows)]), Page([Beside("from\n" * 80, "to"), Text("end")])]))
    assert pdf.count(b"/Type /Page\n") == 5

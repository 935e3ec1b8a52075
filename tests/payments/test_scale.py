"""The table of docs/money.md says of each provider what the contract suite finds."""

import re
from pathlib import Path

import pytest

from tests.house.files import text
from tests.payments.contract import TABLE, Row
from tests.payments.scale import CANNOT, RULES, level, marks

MONEY = text(Path("docs/money.md"))
MEASURED = [row for row in TABLE if row.name not in {"cash", "transfer"} and (row.gives_back or row.name != "telegram")]


def written(name: str) -> list[str]:
    """The line of a provider, cell by cell."""
    (line,) = re.findall(rf"^\| `{name}` \| ([✓–✗] \|.*) \|$", MONEY, re.MULTILINE)
    return [cell.strip() for cell in line.split("|")]


@pytest.mark.parametrize("row", MEASURED, ids=[row.name for row in MEASURED])
async def test_the_table_says_what_is_found(row: Row) -> None:
    async with row.bench() as bench:
        assert written(row.name) == [*marks(row, bench), level(row, bench)]


def test_what_a_provider_cannot_have_is_said_with_its_reason() -> None:
    assert f"| | {' | '.join(RULES)} | level |" in MONEY
    for (name, rule), why in CANNOT.items():
        assert f"`{name}`, {rule}: {why}" in MONEY.replace("\n", " ")

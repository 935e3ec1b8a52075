"""Each guard is where the table says, its test exists, the book names it; at night each is taken away once."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.attacks import ATTACKS
from tests.guards.broadcasts import BROADCASTS
from tests.guards.capturing import CAPTURING
from tests.guards.credit import CREDIT
from tests.guards.days import DAYS
from tests.guards.files import FILES
from tests.guards.findings import FINDINGS
from tests.guards.guard import Guard
from tests.guards.hours import HOURS
from tests.guards.judges import JUDGES
from tests.guards.keys import KEYS
from tests.guards.lists import LISTS
from tests.guards.money import MONEY
from tests.guards.privacy import PRIVACY
from tests.guards.promotions import PROMOTIONS
from tests.guards.receipts import RECEIPTS
from tests.guards.returns import RETURNS
from tests.guards.table import GUARDS

ROOT = Path(__file__).parents[2]
BOOKS = ("docs/databases.md", "docs/findings.md", "docs/money.md", "docs/privacy.md")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "docs", "bench", "*.egg-info")
ALL = [
    *GUARDS,
    *ATTACKS,
    *BROADCASTS,
    *CAPTURING,
    *CREDIT,
    *DAYS,
    *FILES,
    *FINDINGS,
    *HOURS,
    *JUDGES,
    *KEYS,
    *LISTS,
    *MONEY,
    *PRIVACY,
    *PROMOTIONS,
    *RECEIPTS,
    *RETURNS,
]
EACH = pytest.mark.parametrize("guard", ALL, ids=[guard.name for guard in ALL])


@EACH
def test_the_guard_stands_where_the_table_says(guard: Guard) -> None:
    text = (ROOT / guard.file).read_text(encoding="utf-8")
    assert text.count(guard.old) == 1
    if guard.file.endswith(".py"):
        ast.parse(text.replace(guard.old, guard.new))  # without it the file must still be one, or no test says anything


@EACH
def test_the_test_of_the_guard_exists_and_the_book_names_both(guard: Guard) -> None:
    file, _, name = guard.test.partition("::")
    assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert f"| {guard.name} | `{guard.file}` | `{name}` |" in "".join(
        (ROOT / book).read_text(encoding="utf-8") for book in BOOKS
    )


@pytest.mark.nightly
@EACH
def test_without_the_guard_its_test_fails(guard: Guard, tmp_path: Path) -> None:
    """With everything in place that the copy needs, and this one thing taken away."""
    copy = tmp_path / "shop"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    file = copy / guard.file
    file.write_text(file.read_text(encoding="utf-8").replace(guard.old, guard.new), encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "-q",
            "-p",
            "no:cacheprovider",
            "-o",
            "faulthandler_timeout=60",
            guard.test,
        ],
        cwd=copy,
        env={**os.environ, "STOREFRONT_TEST_DATABASES": guard.kind, "STOREFRONT_TEST_EVERYWHERE": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1, f"{guard.test} passes without the guard, or cannot run:\n{done.stdout[-2000:]}"

"""What every source file keeps to, beyond what ruff and mypy see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.house.files import ROOMS, lines_with, python, text, tracked, tree

LONGEST = 300
MEDIAN = 100
BANNED_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "service", "util", "utils"}
BASE = Path("db/base.py")  # SQLAlchemy's own word for it
COMMITTERS = {
    Path("db/session.py"),  # transactions
    Path("db/migrate.py"),  # tables, which are no transaction of the shop
    Path("db/sqlite_driver.py"),  # passes on what a transaction asks of the driver
}


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    silent = [str(path) for path in python() if not ast.get_docstring(tree(path))]

    assert silent == []


def test_no_source_file_is_longer_than_three_hundred_lines() -> None:
    sources = [path for path in tracked() if path.suffix in {".py", ".js", ".css", ".html"}]
    long = {str(path): length for path in sources if (length := len(text(path).splitlines())) > LONGEST}

    assert long == {}


def test_half_of_the_python_files_are_shorter_than_a_hundred_lines() -> None:
    assert median(len(text(path).splitlines()) for path in python()) < MEDIAN


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [str(path) for path in python() if path.stem in BANNED_NAMES and path != BASE]

    assert vague == []


def test_only_the_session_module_commits() -> None:
    places = [f"{path}:{line}" for path in python(*ROOMS) if path not in COMMITTERS for line in _commits(tree(path))]

    assert places == []


def _commits(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"commit", "rollback"}
        ):
            yield node.lineno


def test_nothing_is_mocked() -> None:
    mocked = [
        place
        for path in python("tests", "bench")
        if path.name != "test_sources.py"
        for place in lines_with(
            path, "unittest.mock", "from unittest import mock", "monkeypatch.setattr", "MagicMock", "mocker"
        )
    ]

    assert mocked == []


def test_every_silenced_type_error_names_itself_and_a_reason() -> None:
    bare = re.compile(r"# type: ignore(?!\[[a-z-, ]+\]\s+\S)")
    places = [f"{path}: {line.strip()}" for path in python() for line in text(path).splitlines() if bare.search(line)]

    assert [place for place in places if "test_sources.py" not in place] == []


def test_test_names_are_claims() -> None:
    short = [
        f"{path}:{node.lineno} {node.name}"
        for path in python("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and node.name.count("_") < 3
    ]

    assert short == []

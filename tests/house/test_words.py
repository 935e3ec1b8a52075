"""What the project never says: unfinished business, this or that machine, where packages come from."""

import re
from pathlib import Path

import pytest

from tests.house.files import text, tracked

HERE = Path(__file__).name
NEVER = {
    "unfinished": re.compile(r"\b(?:TODO|FIXME|HACK|XXX)\b"),
    "machines": re.compile(r"(?<![\w.}])/(?:home|root|work|Users)/\w"),
    "registries": re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org"),
}


@pytest.mark.parametrize("never", NEVER.values(), ids=NEVER)
def test_no_file_says(never: re.Pattern[str]) -> None:
    said = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if path.name != HERE
        for number, line in enumerate(text(path).splitlines(), 1)
        if never.search(line)
    ]

    assert said == []

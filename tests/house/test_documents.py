"""What the documents point to is there."""

import re
from os.path import normpath
from pathlib import Path

from tests.house.files import text, tracked

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:app|bot|db|deploy|docs|payments|requirements|shop|simulator|tests|web)/[\w./-]*[\w/])`")
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
DOCUMENTS = [path for path in tracked() if path.suffix == ".md"]


def _is_there(document: Path, target: str) -> bool:
    places = {*tracked(), *(folder for path in tracked() for folder in path.parents)}
    return any(Path(normpath(start / target)) in places for start in (document.parent, Path()))


def test_every_link_leads_somewhere() -> None:
    dead = [
        f"{path}: {target}"
        for path in DOCUMENTS
        for target in LINK.findall(text(path))
        if "://" not in target and not _is_there(path, target)
    ]

    assert dead == []


def test_every_file_that_is_named_exists() -> None:
    dead = [
        f"{path}: {target}" for path in DOCUMENTS for target in PATH.findall(text(path)) if not _is_there(path, target)
    ]

    assert dead == []


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall(text(Path("docs/findings.md")))

    assert named
    assert [
        f"{file}::{name}"
        for file, name in named
        if not re.search(rf"^(async )?def {name}\(", text(Path("tests") / file), re.MULTILINE)
    ] == []

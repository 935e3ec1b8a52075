"""What the documents point to is there."""

import re
from os.path import normpath
from pathlib import Path

import pytest

from tests.house.files import ROOMS, text, tracked

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:app|bot|db|deploy|docs|payments|requirements|shop|simulator|tests|web)/[\w./-]*[\w/])`")
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
DEEPEST = 6  # blanks before a folder's name in the tree; more go on with the folder above
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
    named = [one for page in ("findings", "security") for one in TEST.findall(text(Path(f"docs/{page}.md")))]

    assert named
    assert [
        f"{file}::{name}"
        for file, name in named
        if not re.search(rf"^(async )?def {name}\(", text(Path("tests") / file), re.MULTILINE)
    ] == []


def _tree() -> list[str]:
    """The lines of the tree under "Find your way"."""
    way = text(Path("README.md")).partition("## Find your way")[2].partition("\n## ")[0]
    return [line for line in way.splitlines() if line.startswith("    ")]


def _said(at: str) -> set[str]:
    """The words of a folder in the tree: of the line that begins with it, and of those below that begin with none."""
    said: list[str] = []
    inside = False
    for line in _tree():
        indent = len(line) - len(line.lstrip())
        if indent <= DEEPEST:
            inside = line.split()[0] == at
        if inside:
            said += line.split()
    return set(said)


@pytest.mark.parametrize(
    ("at", "folder"),
    [
        ("screens/buying/", "bot/screens/buying"),
        ("screens/selling/", "bot/screens/selling"),
        ("shop/", "shop"),
    ],
)
def test_the_tree_of_the_readme_names_every_noun(at: str, folder: str) -> None:
    """A new one belongs into the tree under "Find your way" in README.md."""
    depth = len(Path(folder).parts)
    nouns = {path.parts[depth] for path in tracked() if path.is_relative_to(folder) and len(path.parts) > depth + 1}

    assert nouns - _said(at) == set()


def test_the_tree_of_the_readme_is_read_at_a_glance() -> None:
    tops = {line.split()[0] for line in _tree() if not line.startswith("     ")}

    assert 0 < len(_tree()) <= 20
    assert {f"{folder}/" for folder in ROOMS} | {"tests/"} == tops

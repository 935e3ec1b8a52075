"""What the documents tell people to type exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import typer

from app.cli import app
from tests.house.files import text, tracked

DOCUMENTS = [path for path in tracked() if path.suffix == ".md" or path.name in {"config.example.toml", "compose.yaml"}]


def _typed(word: str) -> Iterator[tuple[Path, str]]:
    """What follows `make` or `storefront` where it is code: in backticks or in an indented or fenced block."""
    for path in DOCUMENTS:
        fenced = False
        for line in text(path).splitlines():
            fenced ^= line.lstrip().startswith("```")
            spans = [line] if fenced or line.startswith("    ") else re.findall(r"`([^`]+)`", line)
            for span in spans:
                yield from ((path, name) for name in re.findall(rf"(?:^|[\s/$&|;]){word} ([a-z][a-z-]*)", span))


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", text(Path("Makefile")), re.MULTILINE))

    assert {(str(path), name) for path, name in _typed("make") if name not in targets} == set()


def test_every_storefront_command_in_the_documents_exists() -> None:
    commands = set(typer.main.get_group(app).commands)

    assert {(str(path), name) for path, name in _typed("storefront") if name not in commands} == set()


def test_every_command_takes_a_configuration_and_says_what_it_does() -> None:
    commands = typer.main.get_group(app).commands

    assert [name for name, command in commands.items() if not command.help] == []
    assert [
        name for name, command in commands.items() if "--config" not in {o for p in command.params for o in p.opts}
    ] == []


def test_every_make_target_explains_itself() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", text(Path("Makefile")), re.MULTILINE)
    explained = re.findall(r"^([a-z][a-z-]*):.*## \S", text(Path("Makefile")), re.MULTILINE)

    assert phony
    assert set(phony[1].split()) == set(explained)

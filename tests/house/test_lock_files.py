"""The lock files: every package pinned and hashed, no address in them, nothing asked for that they lack."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.files import ROOT, text

LOCKS = [Path("requirements/run.txt"), Path("requirements/dev.txt")]


def _blocks(lock: Path) -> list[str]:
    joined = text(lock).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=str)
def test_every_package_is_pinned_with_its_hashes(lock: Path) -> None:
    loose = [block for block in _blocks(lock) if not re.search(r"==\S+ .*--hash=sha256:[0-9a-f]{64}", block)]

    assert _blocks(lock)
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=str)
def test_a_lock_file_names_no_address(lock: Path) -> None:
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text(lock))


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = {_name(requirement) for requirement in project["project"]["dependencies"]}
    dev = {_name(requirement) for requirement in project["dependency-groups"]["dev"]}
    locked_run, locked_dev = ({_name(block) for block in _blocks(lock)} for lock in LOCKS)

    assert run <= locked_run
    assert run | dev <= locked_dev


def test_both_lock_files_agree_on_every_version() -> None:
    run, dev = ({_name(block): block.split()[0] for block in _blocks(lock)} for lock in LOCKS)

    assert {name: pin for name, pin in run.items() if dev.get(name) != pin} == {}

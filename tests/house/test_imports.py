"""Imports run one way."""

import subprocess
import sys
from pathlib import Path

from tests.house.files import ROOMS, ROOT, python


def test_every_import_contract_is_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_inside_the_contracts() -> None:
    folders = {path.parts[0] for path in python() if len(path.parts) > 1}

    assert folders - {"tests", "bench", ".ci", "docs"} == set(ROOMS)

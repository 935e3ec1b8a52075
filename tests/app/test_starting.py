"""What a start loads: nothing that this shop does not use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SELDOM = (
    "alembic",
    "stripe",
    "redis",
    "limits",
    "requests",
    "rich",
    "pygments",
    "apscheduler",
    "pydantic",
    "starlette",
    "uvicorn",
)
SCRIPT = """
import sys
import app.light
app.light.load_lightly()
import app.serve
from payments import Keys, open_providers
open_providers(Keys(), object())
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_a_start_loads_nothing_that_has_nothing_to_do_then() -> None:
    """Stripe's library alone is a tenth of a second. Fails when one is imported at the top of a file, or too early."""
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT, *SELDOM], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert said.split() == []


@pytest.mark.parametrize("said", [[], ["--config", "shop.toml"], ["-c", "shop.toml"]])
def test_the_command_that_starts_the_shop_does_without_pydantic(said: list[str], tmp_path: Path) -> None:
    """Typer reads arguments with pydantic. The shop gets as far as its database, which is none."""
    (tmp_path / "shop.toml").touch()
    (tmp_path / "shop.sqlite3").write_text("This is a letter, and no database. " * 100)

    done = _run(["-X", "importtime", "-m", "app", "run", *said], tmp_path)

    assert "The database cannot be used" in done.stderr
    assert done.returncode == 1
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "app.serve" in loaded
    assert "pydantic" not in loaded


@pytest.mark.parametrize("file", ["missing.toml", "wrong.toml", "."])
def test_both_ways_to_read_the_arguments_end_alike(file: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text("[shop]\ncolour = 'red'\n")

    quick, through_typer = (
        _run(["-m", "app", "run", *said], tmp_path) for said in (["-c", file], [f"--config={file}"])
    )

    assert quick.returncode != 0
    assert quick.stderr
    assert (quick.returncode, quick.stdout, quick.stderr) == (
        through_typer.returncode,
        through_typer.stdout,
        through_typer.stderr,
    )


def test_the_variable_names_the_file_where_no_option_does(tmp_path: Path) -> None:
    assert "missing.toml" in _run(["-m", "app", "run"], tmp_path, STOREFRONT_CONFIG="missing.toml").stderr


def _run(arguments: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STOREFRONT_")}
    settings = {
        "PYTHONPATH": str(ROOT),
        "STOREFRONT_TELEGRAM__TOKEN": "1:pretend-token",
        "STOREFRONT_DATABASE__URL": f"sqlite:///{folder}/shop.sqlite3",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**clean, **settings, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

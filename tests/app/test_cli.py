"""The command line: quick to answer, clear when something is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app

HEAVY = ("sqlalchemy", "telegram", "stripe", "starlette", "alembic", "apscheduler", "babel")


def test_help_answers_without_loading_the_shop() -> None:
    code = f"import sys, app.cli; print([name for name in {HEAVY} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_python_m_app_is_the_same_command() -> None:
    done = subprocess.run([sys.executable, "-m", "app", "--help"], capture_output=True, text=True, check=True)

    assert "check-config" in done.stdout


def test_migrate_makes_the_tables_and_a_second_time_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{tmp_path / 'shop.sqlite3'}")

    first = CliRunner().invoke(app, ["migrate"])
    second = CliRunner().invoke(app, ["migrate"])

    assert first.exit_code == 0, first.output
    assert "The database is at" in first.output
    assert "Nothing to do" in second.output

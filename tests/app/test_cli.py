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


def test_files_of_the_shop_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    shop, copy = tmp_path / "shop.sqlite3", tmp_path / "copy.sqlite3"
    commands = [
        ["migrate"],
        ["backup", str(tmp_path / "shop.backup")],
        ["copy-database", f"sqlite:///{shop}", f"sqlite:///{copy}"],
    ]
    environment = {"STOREFRONT_DATABASE__URL": f"sqlite:///{shop}", "PATH": "/usr/bin:/bin"}
    for command in commands:
        subprocess.run(
            ["/bin/sh", "-c", 'umask 000; exec "$0" -m app "$@"', sys.executable, *command], env=environment, check=True
        )
    environment["STOREFRONT_DATABASE__URL"] = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    restore = [sys.executable, "-m", "app", "restore", str(tmp_path / "shop.backup")]
    subprocess.run(restore, env=environment, check=True)

    made = [path for path in tmp_path.iterdir() if path.is_file()]
    assert {path.name for path in made} >= {"shop.sqlite3", "copy.sqlite3", "shop.backup", "restored.sqlite3"}
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_the_doctor_names_a_database_that_others_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = tmp_path / "shop.sqlite3"
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{shop}")
    CliRunner().invoke(app, ["migrate"])
    shop.chmod(0o644)

    told = CliRunner().invoke(app, ["doctor"])
    shop.chmod(0o600)
    mended = CliRunner().invoke(app, ["doctor"])

    assert told.exit_code == 1
    assert f"chmod 600 {shop}" in told.output
    assert mended.exit_code == 0


def test_migrate_makes_the_tables_and_a_second_time_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{tmp_path / 'shop.sqlite3'}")

    first = CliRunner().invoke(app, ["migrate"])
    second = CliRunner().invoke(app, ["migrate"])

    assert first.exit_code == 0, first.output
    assert "The database is at" in first.output
    assert "Nothing to do" in second.output

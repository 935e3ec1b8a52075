"""What goes wrong outside of the program is told in a sentence, with what to do: never as a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from app.cli import app
from app.cli.trouble import in_words

GONE = "postgresql://shop:hunter2@127.0.0.1:1/shop"  # nothing listens on port 1


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["migrate"], "Connection refused. Is it running, and is database.url right?"),
        (["import", __file__], "Connection refused"),
        (["doctor"], "Connection refused"),
        (["backup", "shop.backup"], "Connection refused"),
        (["copy-database", GONE, "sqlite:///copy.sqlite3"], "does not answer"),
    ],
)
def test_a_database_that_is_away_is_said_without_its_password(
    command: list[str], says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", GONE)
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(app, command)

    assert done.exit_code == 1
    assert says in done.output
    assert "Traceback" not in done.output
    assert "hunter2" not in done.output


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["migrate", "9999"], "Can't locate revision identified by '9999'"),
        (["copy-database", "shop", "sqlite:///copy.sqlite3"], "This is not the address of a database"),
        (["import", __file__, "--owner", "0"], "--owner"),
        (["export"], "The shop has no products yet"),
        (["export", "--owner", "77"], "The shop has no products yet"),
        (["restore", __file__], "is not a backup"),
        (["backup", "there/is/no/folder"], "No such file or directory"),
    ],
)
def test_a_mistake_on_the_command_line_is_told_with_what_to_do(
    command: list[str], says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["migrate"]).exit_code == 0

    done = CliRunner().invoke(app, command)

    assert done.exit_code in {1, 2}
    assert says in done.output
    assert "Traceback" not in done.output


def test_a_file_that_is_no_database_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "shop.sqlite3").write_bytes(b"not a database, but long enough to be looked at" * 30)
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{tmp_path / 'shop.sqlite3'}")

    done = CliRunner().invoke(app, ["migrate"])

    assert done.exit_code == 1
    assert "file is not a database" in done.output


def test_a_mistake_of_ours_is_not_talked_away() -> None:
    assert in_words(IntegrityError("INSERT", {}, Exception("doubled"))) is None
    assert in_words(ValueError("ours")) is None


def test_ctrl_c_ends_a_command_with_one_word(tmp_path: Path) -> None:
    fifo = tmp_path / "goods.csv"  # a file that never ends: the command waits for it
    os.mkfifo(fifo)
    running = subprocess.Popen(
        [sys.executable, "-c", WAITING, str(fifo)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with fifo.open("wb"):  # opens as soon as the command reads
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)

    assert (told, running.returncode) == ("Stopped.\n", 130)


# Where tests run in a shell's background, SIGINT comes down ignored: a terminal's command hears it.
WAITING = """
import signal
import sys
import typer
from app.cli.trouble import Commands

signal.signal(signal.SIGINT, signal.default_int_handler)

app = typer.Typer(cls=Commands)

@app.command()
def wait(file: str) -> None:
    open(file, "rb").read()

@app.command()
def other() -> None: ...

app(["wait", sys.argv[1]])
"""

"""`storefront import` on a machine where nothing was prepared."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import app

HEADER = "sku,name,category,price,currency,quantity\n"


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to import into a database that is not there yet."""
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{tmp_path / 'shop.sqlite3'}")
    file = tmp_path / "goods.csv"
    file.write_text(HEADER + "TEA,Green tea,Tea,4.50,EUR,10\nCUP,Cup,Kitchen,8,EUR,3\n", encoding="utf-8")
    return file


def _import(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["import", *map(str, words)])


def test_a_file_is_imported_and_a_second_time_changes_nothing(catalogue: Path) -> None:
    first = _import(catalogue)
    second = _import(catalogue)

    assert first.exit_code == 0, first.output
    assert "Imported: 2 new" in first.stdout
    assert "2 unchanged" in second.stdout


def test_a_dry_run_shows_the_difference_and_keeps_nothing(catalogue: Path) -> None:
    shown = _import(catalogue, "--dry-run")
    after = _import(catalogue)

    assert "Would import: 2 new" in shown.stdout
    assert "Green tea" in shown.stdout
    assert "Imported: 2 new" in after.stdout


def test_a_broken_file_is_refused_with_its_lines_and_nothing_of_it_is_kept(catalogue: Path) -> None:
    whole = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(whole + "POT,Pot,Kitchen,cheap,EUR,1\n", encoding="utf-8")

    refused = _import(catalogue)
    catalogue.write_text(whole, encoding="utf-8")
    mended = _import(catalogue)

    assert refused.exit_code == 1
    assert "line 4" in refused.stderr
    assert "nothing was imported" in refused.stderr
    assert "Imported: 2 new" in mended.stdout

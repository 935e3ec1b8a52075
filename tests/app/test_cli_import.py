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


def test_the_last_list_is_put_back_once(catalogue: Path) -> None:
    _import(catalogue)
    changed = catalogue.read_text(encoding="utf-8").replace("4.50", "5.50") + "PEN,Pen,Paper,1,EUR,1\n"
    catalogue.write_text(changed, encoding="utf-8")
    assert "1 new, 1 changed" in _import(catalogue).stdout

    back = _import("--undo")
    again = _import(catalogue, "--dry-run")

    assert "Put back 2 products and variants of goods.csv" in back.stdout, back.output
    assert "1 new, 1 changed, 1 unchanged" in again.stdout
    assert "Put back 2" in _import("--undo").stdout, "the list before it"
    assert _import("--undo").exit_code == 1
    assert _import(catalogue, "--undo").exit_code == 2
    assert _import().exit_code == 2


def test_a_dry_run_shows_the_difference_and_keeps_nothing(catalogue: Path) -> None:
    shown = _import(catalogue, "--dry-run")
    after = _import(catalogue)

    assert "Would import: 2 new" in shown.stdout
    assert "Green tea" in shown.stdout
    assert "Imported: 2 new" in after.stdout


def test_a_row_that_cannot_be_used_is_named_and_the_others_come_in(catalogue: Path) -> None:
    with catalogue.open("a", encoding="utf-8") as file:
        file.write("POT,Pot,Kitchen,cheap,EUR,1\nPAN,Pan,Kitchen,,EUR,1\nLID,Lid,Kitchen,,EUR,1\n")

    refused = _import(catalogue, "--strict")
    taken = _import(catalogue)

    assert (refused.exit_code, taken.exit_code) == (1, 0)
    assert "nothing was imported" in refused.stderr
    assert "3 rows are set aside" in taken.stderr
    assert "line 4 (Pot), price: 'cheap' is not a price in EUR" in taken.stderr
    assert "lines 5 (Pan), 6 (Lid), price: the price is missing" in taken.stderr
    assert "Imported: 2 new" in taken.stdout


def test_a_file_that_nobody_knows_is_refused_in_one_sentence(catalogue: Path) -> None:
    catalogue.write_text("surname,street\nSmith,Elm\n", encoding="utf-8")

    refused = _import(catalogue)

    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 2
    assert "Nearest is our own columns; it lacks name, price, quantity" in refused.stderr


def test_a_thousand_products_make_a_short_report(catalogue: Path) -> None:
    rows = "".join(f"Thing {number},{number % 90 or '0.00'},{'x' * 210}\n" for number in range(1000))
    catalogue.write_text("name,price,category\n" + rows, encoding="utf-8")

    result = _import(catalogue)

    assert result.exit_code == 0
    assert "is a list with our own columns" in result.stdout
    assert "the file states no quantity: 988 products are sold out until /restock" in result.stderr
    assert result.output.count("\n") < 10


def test_what_steers_a_terminal_is_shown_as_a_number_or_left_out(catalogue: Path) -> None:
    catalogue.write_text("name,price,\x1b[31mred\nT\x1b[2Jea,4,\nCup,\x1b[5m,\n", encoding="utf-8")

    result = _import(catalogue, "--dry-run")

    assert "\x1b" not in result.output
    assert "T[2Jea" in result.stdout
    assert "\\x1b[31mred" in result.stderr

"""`storefront export` and `storefront doctor` on a shop in a file."""

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import app

GOODS = "sku,name,category,price,currency,quantity\nTEA,Green tea,Tea,4.50,EUR,10\nCUP,Cup,Kitchen,8,EUR,3\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a database that is not there yet."""
    file = tmp_path / "shop.sqlite3"
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{file}")
    return file


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def test_what_is_exported_changes_nothing_when_it_is_imported(shop: Path, tmp_path: Path) -> None:
    goods, out = tmp_path / "goods.csv", tmp_path / "out.csv"
    goods.write_text(GOODS, encoding="utf-8")
    run("import", goods)

    exported = run("export", out)
    again = run("import", "--dry-run", out)

    assert exported.exit_code == 0, exported.output
    assert "2 unchanged" in again.stdout
    assert run("export").stdout == out.read_text(encoding="utf-8")


def test_nobodys_products_cannot_be_exported(shop: Path) -> None:
    refused = run("export", "--owner", "4711")

    assert refused.exit_code == 1
    assert "Nobody sells here as 4711" in refused.stderr


def test_the_doctor_says_what_to_do_and_when_all_is_well(shop: Path, tmp_path: Path) -> None:
    bare = run("doctor")
    goods = tmp_path / "goods.csv"
    goods.write_text(GOODS, encoding="utf-8")
    run("import", goods)
    shop.chmod(0o600)
    well = run("doctor")
    with sqlite3.connect(shop) as connection:
        connection.execute("UPDATE inventory SET quantity_in_stock = 99")
    connection.close()
    ill = run("doctor")

    assert (bare.exit_code, well.exit_code, ill.exit_code) == (1, 0, 1)
    assert "storefront migrate" in bare.stdout
    assert "✗" not in well.stdout
    assert "99 in stock, but its movements add up to" in ill.stdout

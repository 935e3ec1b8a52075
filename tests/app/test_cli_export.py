"""`storefront export` and `storefront doctor` on a shop in a file."""

import sqlite3
import stat
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


def test_a_workbook_goes_out_and_comes_in_unchanged(shop: Path, tmp_path: Path) -> None:
    goods, out = tmp_path / "goods.csv", tmp_path / "out.xlsx"
    odd = "=1+1,'=odd,Tea,0.99,EUR,1\n@X,-minus,+plus,7,EUR,0\n"
    goods.write_text(GOODS + odd, encoding="utf-8")
    run("import", goods)

    exported = run("export", out)
    again = run("import", "--dry-run", out)

    assert exported.exit_code == 0, exported.output
    assert "4 unchanged" in again.stdout, again.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "needs a file" in run("export", "--format", "xlsx").stderr


def test_orders_of_a_time_are_exported_and_a_wrong_time_is_said(shop: Path, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text(GOODS, encoding="utf-8")
    run("import", goods)

    orders = run("export", "--what", "orders", "--period", "2026-10")

    assert orders.stdout.startswith("order,created_at,status,")
    assert "0 rows of" in orders.stderr
    assert "soon is no time" in run("export", "--what", "money", "--period", "soon").stderr
    assert "Products are of no time" in run("export", "--period", "2026-10").stderr


def test_an_export_is_for_its_owners_eyes(shop: Path, tmp_path: Path) -> None:
    goods, out = tmp_path / "goods.csv", tmp_path / "out.csv"
    goods.write_text(GOODS, encoding="utf-8")
    out.write_text("old", encoding="utf-8")
    out.chmod(0o644)
    run("import", goods)

    run("export", out)

    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_an_export_without_goods_is_refused(shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    empty = run("export", out)

    assert (empty.exit_code, out.exists()) == (1, False)
    assert "The shop has no products yet" in empty.stderr


def test_nobodys_products_cannot_be_exported_and_who_has_some_is_named(shop: Path, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text(GOODS, encoding="utf-8")
    run("import", goods, "--owner", "4242")

    refused = run("export", "--owner", "4711")

    assert refused.exit_code == 1
    assert "Nobody sells here as 4711. Products have: Storefront (4242)." in refused.stderr


def test_the_goods_of_one_seller_are_exported_and_come_back_to_them_without_being_named(
    shop: Path, tmp_path: Path
) -> None:
    goods, out = tmp_path / "goods.csv", tmp_path / "out.csv"
    goods.write_text(GOODS, encoding="utf-8")
    run("import", goods, "--owner", "4242")

    exported = run("export", out)
    again = run("import", out)

    assert "Exported 2 products of Storefront" in exported.stderr
    assert "owner" not in out.read_text(encoding="utf-8").splitlines()[0]
    assert "0 new, 0 changed, 2 unchanged" in again.stdout


def test_the_goods_of_several_sellers_are_exported_with_their_owners_and_come_back_to_an_empty_shop(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods, out, copy = tmp_path / "goods.csv", tmp_path / "out.csv", tmp_path / "copy.csv"
    goods.write_text(GOODS, encoding="utf-8")
    run("import", goods, "--owner", "4242")
    goods.write_text(GOODS.replace("Green", "Black"), encoding="utf-8")
    run("import", goods, "--owner", "4711")

    run("export", out)
    again = run("import", out)
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    elsewhere = run("import", out)
    run("export", copy)

    assert "0 new, 0 changed, 4 unchanged" in again.stdout
    assert "4 new, 0 changed" in elsewhere.stdout
    assert sorted(copy.read_text(encoding="utf-8").splitlines()) == sorted(out.read_text(encoding="utf-8").splitlines())


def test_whose_goods_they_are_is_asked_where_two_sellers_have_them(shop: Path, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text(GOODS, encoding="utf-8")
    run("import", goods, "--owner", "4242")
    run("import", goods, "--owner", "4711")

    asked = run("import", goods)

    assert asked.exit_code == 1
    assert "whose goods are they? These have them already: Storefront (--owner 4242), Storefront (--owner 4711)" in (
        asked.stderr
    )


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

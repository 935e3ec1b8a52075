"""Prices with more decimals than the currency has: a machine writes them so, a person may have meant thousands."""

import pytest

from db.session import Database
from shop.importing.cells import amount
from tests.world.imports import bring, bring_twice, kept

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.500", "EUR", 1250),
        ("1234.5000", "EUR", 123450),
        ("1234.0000", "JPY", 1234),
        ("3.250", "KWD", 3250),
        ("3.2500", "KWD", 3250),
        ("100.00", "EUR", 10000),
        ("0.500", "EUR", 50),
    ],
)
def test_a_point_in_a_shops_export_begins_decimals(text: str, currency: str, minor: int) -> None:
    assert amount(text, currency, by_machine=True) == minor


@pytest.mark.parametrize(("text", "currency"), [("12.345", "EUR"), ("1.5", "JPY"), ("1.2.3", "EUR"), ("", "EUR")])
def test_what_no_currency_has_is_no_price(text: str, currency: str) -> None:
    assert amount(text, currency, by_machine=True) is None


@pytest.mark.parametrize(
    "header",
    [
        "ID,Type,SKU,Name,Published,In stock?,Stock,Regular price\n5,simple,TEA,Tea,1,1,3,{price}\n",
        "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Published\ntea,Tea,TEA,{price},3,TRUE\n",
    ],
)
async def test_exports_of_shops_come_in_with_their_decimals(database: Database, header: str) -> None:
    await bring_twice(database, header.format(price="12.500"))
    assert [each.price for each in await kept(database)] == [1250]


@pytest.mark.parametrize(
    ("written", "stock"),
    [("1,000", None), ("1.000", None), ("250,000", None), ("4.0", 4), ("4,00", 4), ("0.000", 0), ("1000", 1000)],
)
async def test_a_quantity_that_could_mean_thousands_is_set_aside(
    database: Database, written: str, stock: int | None
) -> None:
    report = await bring(database, f'name,price,quantity\nTea,4.50,"{written}"\n')
    assert [each.stock for each in await kept(database)] == ([] if stock is None else [stock])
    assert any("a thousand times as much; write it as" in str(one) for one in report.aside) is (stock is None)


async def test_a_spreadsheet_that_could_mean_thousands_is_set_aside(database: Database) -> None:
    report = await bring(database, "name,price,quantity\nTea,12.500,1\nMug,1234.5000,1\n")
    assert [problem.line for problem in report.aside] == [2]
    assert [(each.name, each.price) for each in await kept(database)] == [("Mug", 123450)]

"""Files as spreadsheets and people save them: delimiters, line ends, encodings, padding, headings."""

import pytest

from db.session import Database
from tests.world.imports import bring, bring_twice, kept

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    "content",
    [
        b"sep=;\nname;price;quantity\nTea;3,50;4\n",
        b'\xef\xbb\xbf"sep=,"\r\nname,price,quantity\r\nTea,3.50,4\r\n',
        b"sep=\t\nname\tprice\tquantity\nTea\t3.50\t4\n",
        b"name,price,quantity\rTea,3.50,4\r",
        b"\n\n,,,\nname,price,quantity\nTea,3.50,4\n",
        b"name|price|quantity\nTea|3.50|4\n",
        b"  NAME , Price,QUANTITY \n  Tea  , 3.50 ,  4 \n",
        b"name,price,quantity,,\nTea,3.50,4,,\n,,,,\n",
        "name,price,quantity\nTea,3.50,4\n".encode("utf-16"),
        "name,price,quantity\nTea,3.50,4\n".encode("utf-16-le"),
        "name,price,quantity\nTea,3.50,4\n".encode("utf-16-be"),
        "name,price,quantity\nTea,€3.50,4\n".encode(),
        b"name,price,quantity\nTea,3.50 EUR,4.0\n",
        b"name,price,quantity\nTea,'3.50,'4\n",
        b'"a;b,c",price,quantity,name\n1,3.50,4,Tea\n',
    ],
)
async def test_it_is_read(database: Database, content: bytes) -> None:
    await bring_twice(database, content)

    assert [(each.name, each.price, each.stock) for each in await kept(database)] == [("Tea", 350, 4)]


@pytest.mark.parametrize(
    "heading",
    ["qty", "Qty", "stock", "Stock Quantity", "stock_quantity", "inventory", "Units", "Menge", "Bestand", "количество"],
)
async def test_quantities_by_the_names_that_people_give_them(database: Database, heading: str) -> None:
    await bring_twice(database, f"name,price,{heading},category\nTea,4.90,10,Tea\n")

    assert [each.stock for each in await kept(database)] == [10]


@pytest.mark.parametrize(
    ("columns", "cells", "on_sale", "draft"),
    [
        ("Published", "0", False, True),
        ("Published", "1", True, False),
        ("visible", "no", False, True),
        ("hidden", "yes", False, False),
        ("status", "draft", False, True),
        ("status", "active", True, False),
        ("archived,published", "false,0", False, True),
        ("archived,draft", "true,true", False, False),
        ("status", "archived", False, False),
    ],
)
async def test_what_is_hidden_is_hidden(
    database: Database, columns: str, cells: str, on_sale: bool, draft: bool
) -> None:
    await bring_twice(database, f"name,price,quantity,{columns}\nTea,4.90,10,{cells}\n")

    assert [(each.on_sale, each.draft) for each in await kept(database)] == [(on_sale, draft)]


async def test_names_without_a_latin_letter_get_a_sku_each_that_stays(database: Database) -> None:
    names = ["白茶", "黑茶", "قهوة", "お茶", "茶 100", "水 100", "Ünder", "Under", "Tea", "Tea!"]
    rows = [f"{name},{number},3\n" for number, name in enumerate(names, start=1)]

    await bring_twice(database, "name,price,quantity\n" + "".join(rows))
    await bring_twice(database, "name,price,quantity\n" + "".join(reversed(rows[2:])))

    stored = await kept(database)
    assert [each.name for each in stored] == names
    assert len({each.sku for each in stored}) == len(names)
    assert all(each.sku.isascii() for each in stored)


@pytest.mark.parametrize(
    ("currency", "price", "minor"),
    [("JPY", "1,200", 1200), ("JPY", "¥1200", 1200), ("KWD", "1.250", 1250), ("USD", "$1,234.50", 123450)],
)
async def test_prices_in_the_currency_of_the_shop(database: Database, currency: str, price: str, minor: int) -> None:
    await bring_twice(database, f'name,price,quantity\nTea,"{price}",1\n', currency=currency)

    assert [each.price for each in await kept(database)] == [minor]


async def test_the_hint_about_a_price_suits_a_currency_without_decimals(database: Database) -> None:
    report = await bring(database, "name,price,quantity\nTea,12.50,1\n", currency="JPY")

    assert [str(each) for each in report.aside] == [
        "line 2 (Tea), price: '12.50' is not a price in JPY; write it like 1250"
    ]


async def test_columns_that_say_nothing_are_named_once(database: Database) -> None:
    report = await bring_twice(database, "name,price,quantity,brand,vendor\nTea,3,1,Mill,4\nMug,3,1,Mill,4\n")

    assert [str(note) for note in report.notes] == ["columns that say nothing here are left out: brand, vendor"]


async def test_descriptions_with_markup_become_words_and_with_line_ends_stay(database: Database) -> None:
    await bring_twice(
        database, 'name,price,quantity,description\nTea,3,1,<h2>Fine</h2>leaf\nMug,3,1,"one\ntwo < three, <4>"\n'
    )

    assert [each.description for each in await kept(database)] == ["Fine\nleaf", "one\ntwo < three, <4>"]


async def test_a_file_that_is_too_large_is_not_read(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from shop.importing import import_file
    from shop.policy import Policy
    from tests.world.clock import ManualClock

    large = tmp_path_factory.mktemp("large") / "large.csv"
    with large.open("wb") as file:
        file.truncate(65 * 1024 * 1024)  # full of holes, on a disk that knows them

    report = await import_file(database, large, policy=Policy(), clock=ManualClock())

    assert [str(problem) for problem in report.problems] == ["the file: larger than 64 MB"]


async def test_sixty_thousand_columns_are_refused_in_a_sentence(database: Database) -> None:
    columns = ",".join(f"column {number}" for number in range(60_000))

    report = await bring(database, f"name,price,{columns}\n")

    assert [str(problem) for problem in report.problems] == ["line 1: 60,002 columns; at most 512 are read"]

"""What cannot be used is set aside with its line, and refuses the whole file where that is asked for."""

import pytest
from sqlalchemy import func, select

from db.models import Category, Product, User
from db.session import Database
from shop.importing import ImportReport, import_bytes
from shop.policy import Policy
from tests.world.clock import ManualClock
from tests.world.sheets import a_mug, shopify

pytestmark = pytest.mark.one_database


async def refused(database: Database, content: bytes) -> list[str]:
    report: ImportReport = await import_bytes(database, content, policy=Policy(), clock=ManualClock(), strict=True)
    assert not report.applied
    assert report.problems
    async with database.read() as session:
        for table in (Product, Category, User):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
    return [str(problem) for problem in (*report.problems, *report.aside)]


async def test_every_bad_row_is_named_and_a_strict_import_keeps_nothing_of_the_good_ones(database: Database) -> None:
    problems = await refused(
        database,
        shopify(
            a_mug(),
            a_mug(Handle="cup", Variant_Price="cheap"),
            a_mug(Handle="jug", Title=""),
            a_mug(Handle="pan", Variant_Inventory_Qty="some"),
        ),
    )

    assert problems == [
        "the file: rows that cannot be used refuse the whole file, as --strict asks",
        "line 3 (Blue mug), Variant Price: 'cheap' is not a price in EUR; write it like 12.50",
        "line 4 (jug), Title: no row of 'jug' has a title",
        "line 5 (Blue mug), Variant Inventory Qty: 'some' is not a whole number up to 1,000,000",
    ]


async def test_one_bad_row_does_not_keep_the_good_ones_out(database: Database) -> None:
    rows = [a_mug(Handle=f"mug-{number}", Title=f"Mug {number}") for number in range(20)]
    rows[7]["Variant Price"] = "0.00"

    report = await import_bytes(database, shopify(*rows), policy=Policy(), clock=ManualClock())

    assert report.applied
    assert [str(problem) for problem in report.aside] == [
        "line 9 (Mug 7), Variant Price: the price is 0: nobody could pay it"
    ]
    async with database.read() as session:
        names = set(await session.scalars(select(Product.name)))
    assert names == {row["Title"] for row in rows} - {"Mug 7"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file: it is empty"),
        (b"PK\x03\x04rest", "the file: the workbook is damaged"),
        (b"%PDF-1.7 ...", "the file: not a CSV file, it is a PDF"),
        (b"name,price\nCaf\xe9,1\n", "line 2: not UTF-8 text"),
        (b"name,price\nTea\0,1\n", "line 2: not a text file"),
        (b"dear shop, here are my products", "line 1: these columns say nothing about products"),
        (b'name,price,quantity\n"Tea,1,2\nMug,3,4\n', "line 2: a quote is opened here and never closed"),
        (b"name,price,quantity\nTea,1,2,3,4\n", "line 2: 5 cells under 3 columns"),
        (b"name,price,price\nTea,1,2\n", "line 1, price: this column is there twice"),
        (b"name,price,quantity\n" + b"x" * 1_000_000 + b",1,2\n", "line 2: a cell is longer than 100,000 characters"),
        (b"name,price,quantity\nTea,1.005,2\n", "line 2 (Tea), price: '1.005' is not a price in EUR"),
        (b"name,price,quantity\nTea,0,2\n", "line 2 (Tea), price: the price is 0"),
        (b"name,price,quantity\nTea,,2\n", "line 2 (Tea), price: the price is missing"),
        (b"name,price,quantity\nTea,3,-1\n", "line 2 (Tea), quantity: -1 units cannot be on a shelf"),
        (b"name,price,quantity\n,3,1\n", "line 2, name: the name is missing"),
        (b"name,price,currency\nTea,3,USD\n", "line 2 (Tea), currency: 'USD' cannot be charged here"),
        (b"name,price,kind\nTea,3,liquid\n", "line 2 (Tea), kind: 'liquid' is neither physical nor digital"),
        (b"sku,name,price,parent_sku\nA-1,Tea,3,A\n", "line 2 (Tea), parent_sku: no row of this file has the SKU 'A'"),
        (b"sku,name,price,parent_sku\nA,Tea,3,\nA-1,Tea,3,A\n", "line 3 (Tea): which option is it?"),
        (b"sku,quantity\nA-1,3\n", "line 2, name: A-1 is new: it needs a name"),
        (b"name,price,quantity\n", "the file: there is no product in it"),
        (b"name,price\nTea,3\nTea,2\n", "line 3: 'Tea' is already on line 2: write a SKU for each"),
        (b"name,price\nTea,1e999990\n", "line 2 (Tea), price: '1e999990' is not a price in EUR"),
        (b"sku,name,price\nA,Tea,3\nA,Tea,2\n", "line 3: 'Tea' is already on line 2: write a SKU for each"),
        (b"name,price,quantiy\nTea,3,1\n", "line 1: the column 'quantiy' would be lost: did you mean quantity?"),
        (b"name,price,IMAGE1\nTea,3,1\n", "line 1: the column 'IMAGE1' would be lost: did you mean image_url?"),
        (b"name,price,status\nTea,3,maybe\n", "line 2 (Tea), status: 'maybe' is neither active nor draft"),
        (b"name," + b"x," * 600 + b"\nTea,\n", "line 1: 602 columns; at most 512 are read"),
        (b"Order ID,SKU,Quantity\n1,A,1\n", "line 1: this is a list of orders, not of products"),
        (b"Handle,Title,Option1 Name,SKU,Location,On hand\na,A,,,Shop,1\n", "line 1: this is Shopify's list of inv"),
        (b"Title,Handle,Vendor\nTea,tea,4\n", "line 1: these columns say nothing about products: Title, Handle, Vend"),
    ],
)
async def test_what_is_wrong_is_said_with_its_line(database: Database, content: bytes, says: str) -> None:
    problems = await refused(database, content)

    assert any(problem.startswith(says) for problem in problems), problems


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffname,price,quantity\nTee,3.50,4\n".encode(),
        b"name;price;quantity\r\nTee;3,50;4\r\n",
        "name\tprice\tquantity\nTee\t3.50\t4\n".encode("utf-16"),
        b"Title,Price,Stock\n\nTee,3.50,4\n",
    ],
    ids=["byte order mark", "semicolons", "utf-16 with tabs", "other names"],
)
async def test_files_as_spreadsheets_save_them_are_read(database: Database, content: bytes) -> None:
    report = await import_bytes(database, content, policy=Policy(), clock=ManualClock())

    assert report.problems == []
    async with database.read() as session:
        assert (await session.scalars(select(Product.price))).all() == [350]

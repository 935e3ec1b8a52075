"""WooCommerce's export: simple, variable, downloadable, grouped and external products, in English and in German."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from sqlalchemy import select

from db.models import Product, ProductPhoto
from db.session import Database
from tests.world.imports import bring_twice, kept

NO_SALE = (None, None, None)

pytestmark = pytest.mark.one_database

LINE = (
    "ID,Type,SKU,Name,Published,Is featured?,Visibility in catalog,Short description,Description,"
    "Date sale price starts,Date sale price ends,Tax status,In stock?,Stock,Low stock amount,Backorders allowed?,"
    "Sale price,Regular price,Purchase note,Categories,Tags,Images,Download 1 name,Download 1 URL,Parent,"
    "External URL,Position,"
    "Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,Attribute 2 name,Attribute 2 value(s)"
)
COLUMNS = LINE.split(",")


def woo(*rows: dict[str, str]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def a_cup(**cells: str) -> dict[str, str]:
    row = {
        "ID": "11", "Type": "simple", "SKU": "CUP", "Name": "Cup", "Published": "1", "Visibility in catalog": "visible",
        "Short description": "Of clay", "Description": "<p>Holds tea</p>\\n<p>and soup</p>", "In stock?": "1",
        "Stock": "5", "Low stock amount": "2", "Backorders allowed?": "0", "Regular price": "9.90",
        "Categories": "Kitchen, Kitchen > Cups", "Images": "https://p.example/a.jpg, https://p.example/b.jpg",
    }  # fmt: skip
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def a_tee(*variations: dict[str, str], **cells: str) -> list[dict[str, str]]:
    top = {"ID": "20", "Type": "variable", "SKU": "TEE", "Name": "Tee", "Published": "1", "In stock?": "1"}
    top |= {"Attribute 1 name": "Colour", "Attribute 1 value(s)": "Red, Blue", "Categories": "Clothes"}
    below = {"Type": "variation", "Name": "Tee - Red", "Published": "1", "In stock?": "1", "Regular price": "20"}
    below |= {"Parent": "TEE", "Attribute 1 name": "Colour"}
    return [
        top | {key.replace("_", " "): value for key, value in cells.items()},
        *(below | each for each in variations),
    ]


async def test_a_simple_product_comes_in_whole(database: Database) -> None:
    report = await bring_twice(database, woo(a_cup()))

    assert report.recognised == "WooCommerce's export"
    (cup,) = await kept(database)
    assert (cup.sku, cup.name, cup.price, cup.stock, cup.category, cup.on_sale) == (
        "CUP", "Cup", 990, 5, "Kitchen / Cups", True,
    )  # fmt: skip
    assert cup.description == "Of clay\n\nHolds tea\nand soup"
    assert cup.picture == "https://p.example/a.jpg"
    async with database.read() as session:
        assert list(await session.scalars(select(ProductPhoto.image_url))) == ["https://p.example/b.jpg"]
    assert list(report.notes) == []


async def test_variations_hang_below_their_product_in_their_order(database: Database) -> None:
    await bring_twice(
        database,
        woo(
            *a_tee(
                {"ID": "22", "Attribute 1 value(s)": "Blue", "Stock": "1", "Position": "2", "Regular price": "25"},
                {"ID": "21", "Attribute 1 value(s)": "Red", "Stock": "3", "Position": "1", "SKU": "TEE-R"},
                {"ID": "23", "Attribute 1 value(s)": "Green", "Stock": "2", "Position": "3", "Published": "-1"},
            )
        ),
    )

    tee, red, blue, green = await kept(database)
    assert (tee.sku, tee.price, tee.stock, tee.category) == ("TEE", 2000, None, "Clothes")
    assert [(each.sku, each.label, each.price, each.stock, each.on_sale) for each in (red, blue, green)] == [
        ("TEE-R", "Red", 2000, 3, True),
        ("WOO-22", "Blue", 2500, 1, True),
        ("WOO-23", "Green", 2000, 2, False),
    ]


async def test_variations_are_found_by_the_id_of_their_product_too(database: Database) -> None:
    await bring_twice(database, woo(*a_tee({"ID": "21", "Attribute 1 value(s)": "Red", "Parent": "id:20"}, SKU="")))

    assert [(each.sku, each.label) for each in await kept(database)] == [("WOO-20", None), ("WOO-21", "Red")]


async def test_variations_that_share_a_stock_never_have_more_than_it(database: Database) -> None:
    shared = [
        {"ID": f"2{n}", "Attribute 1 value(s)": value, "Stock": "parent"} for n, value in ((1, "Red"), (2, "Blue"))
    ]

    await bring_twice(database, woo(*a_tee(*shared, Stock="5")))

    assert [each.stock for each in await kept(database)] == [None, 3, 2]


@pytest.mark.parametrize(
    "cells",
    [{"Published": "0"}, {"Published": "-1"}, {"Visibility_in_catalog": "hidden"}],
    ids=["private", "draft", "hidden"],
)
async def test_what_is_hidden_there_is_not_on_sale(database: Database, cells: dict[str, str]) -> None:
    await bring_twice(database, woo(a_cup(**cells)))

    assert [(each.on_sale, each.draft) for each in await kept(database)] == [(False, True)]


async def test_what_cannot_be_sold_here_is_set_aside_and_named(database: Database) -> None:
    report = await bring_twice(
        database,
        woo(
            a_cup(),
            a_cup(ID="12", SKU="G", Name="Set", Type="grouped"),
            a_cup(ID="13", SKU="E", Name="Book", Type="external", External_URL="https://x.example"),
            a_cup(ID="14", SKU="D", Name="Song", Type="simple, downloadable"),
            *a_tee(
                {"ID": "21", "Attribute 1 value(s)": ""},
                {"ID": "22", "Attribute 1 value(s)": "Red"},
                **{"Attribute 1 value(s)": ""},
            ),
            {"ID": "30", "Type": "variation", "Name": "Lost", "Parent": "NOBODY", "Regular price": "1"},
        ),
    )

    assert [str(each) for each in report.aside] == [
        "line 3 (Set), Type: 'Set' is a group of other products: they are sold one by one here",
        "line 4 (Book), Type: 'Book' is an external product: it is sold on another site",
        "line 5 (Song), Type: 'Song' is a download, and the file does not say where it is",
        "line 7 (Tee - Red), Attribute 1 value(s): fits any Colour: write a row for each",
        "line 9 (Lost), Parent: no row has the product 'NOBODY' that this is a variation of",
    ]
    assert [each.name for each in await kept(database)] == ["Cup", "Tee", "Tee"]


@pytest.mark.parametrize(
    ("cells", "sale"),
    [
        ({"Sale_price": "7"}, (700, None, None)),
        ({"Sale_price": "7", "Date_sale_price_ends": "2026-12-24"}, (700, None, "2026-12-25T00:00:00+00:00")),
        (
            {"Sale_price": "7", "Date_sale_price_starts": "2026-12-01 08:00:00", "Date_sale_price_ends": "2026-12-24"},
            (700, "2026-12-01T08:00:00+00:00", "2026-12-25T00:00:00+00:00"),
        ),
        ({"Sale_price": "9.90"}, (None, None, None)),
        (
            {"Sale_price": "7", "Date_sale_price_starts": "2026-12-24", "Date_sale_price_ends": "2026-12-01"},
            (None,) * 3,
        ),
        ({"Sale_price": ""}, (None, None, None)),
    ],
)
async def test_a_sale_comes_with_its_days_beside_the_regular_price(
    database: Database, cells: dict[str, str], sale: tuple[int | None, str | None, str | None]
) -> None:
    await bring_twice(database, woo(a_cup(**cells)))

    assert [each.price for each in await kept(database)] == [990]
    async with database.read() as session:
        cup = (await session.scalars(select(Product))).one()
    days = [None if day is None else day.isoformat() for day in (cup.sale_from, cup.sale_until)]
    assert (cup.sale_price, *days) == sale


@pytest.mark.parametrize(
    ("cells", "stock"),
    [
        ({"Stock": ""}, 1000),
        ({"Stock": "", "In_stock?": "0"}, 0),
        ({"Stock": "-3"}, 0),
        ({"Stock": "2.75"}, 2),
        ({"Stock": "3.00"}, 3),
    ],
)
async def test_stock_is_what_the_export_means(database: Database, cells: dict[str, str], stock: int) -> None:
    await bring_twice(database, woo(a_cup(**cells)))

    assert [each.stock for each in await kept(database)] == [stock]


async def test_a_german_export_is_read(database: Database) -> None:
    report = await bring_twice(
        database,
        "ID,Typ,Artikelnummer,Name,Veröffentlicht,Ist hervorgehoben?,Sichtbarkeit im Katalog,Beschreibung,Vorrätig?,"
        "Bestand,Regulärer Preis,Kategorien,Bilder\n"
        '5,simple,TOPF,Topf,1,0,visible,<p>Aus Ton</p>,1,4,"12,50",Küche,https://p.example/t.jpg\n',
    )

    assert report.source == "woocommerce"
    assert [(each.sku, each.price, each.stock, each.category, each.description) for each in await kept(database)] == [
        ("TOPF", 1250, 4, "Küche", "Aus Ton")
    ]


KINDS = """\
ID,Type,SKU,Name,Published,Visibility in catalog,Description,Date sale price starts,Date sale price ends,In stock?,\
Stock,Weight (kg),Sale price,Regular price,Categories,Images,Parent,Grouped products,External URL,Position,\
Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,Attribute 2 name,Attribute 2 value(s),Download 1 URL
1,simple,W-POT,Pot,1,visible,Clay,2026-03-01,2026-03-31,1,7,1.2,12,15,Kitchen > Pots,"{p}/1.jpg, {p}/2.jpg",,,,0,\
Material,Clay,1,,,
2,"simple, virtual",W-TALK,An hour of advice,1,visible,,,,1,,,,60,Advice,,,,,0,,,,,,
3,"simple, downloadable, virtual",W-BOOK,Book,1,visible,,,,1,,,4,5,Books,,,,,0,,,,,,{p}/book.pdf
4,variable,W-TEE,Tee,1,visible,,,,1,,.3,,,Wear,{p}/tee.jpg,,,,0,Colour,"Blue, Red",1,Size,"Large, Small, One\\, two",
5,variation,W-TEE-R,Tee - Red,1,visible,,,,1,5,,,20,,{p}/red.jpg,W-TEE,,,1,Colour,Red,,Size,,
6,variation,W-TEE-B,Tee - Blue,1,visible,,,,1,3,,18,20,,,W-TEE,,,2,Colour,Blue,,Size,,
7,variation,W-TEE-BL,"Tee - Blue, Large",1,visible,,,,1,2,,,22,,,id:4,,,3,Colour,Blue,,Size,Large,
8,grouped,W-ALL,Everything,1,visible,,,,1,,,,,Kitchen,,,"W-POT, W-TEE",,0,,,,,,
9,external,W-FLAG,Flag,1,visible,,,,1,,,,11,Decor,,,,https://elsewhere.example/flag,0,,,,,,
10,variable,W-NONE,Nothing,1,visible,,,,1,,,,,Decor,,,,,0,Colour,Blue,1,,,
11,variation,W-LOST,Lost,1,visible,,,,1,1,,,9,,,W-GONE,,,0,Colour,Blue,,,,
12,simple,W-SECRET,Secret,0,visible,,,,1,1,,,9,Decor,,,,,0,,,,,,
"""


async def test_an_export_with_products_of_every_kind(database: Database) -> None:
    report = await bring_twice(database, KINDS.replace("{p}", "https://p.example"))

    goods = {each.sku: each for each in await kept(database)}
    pot, talk, book, secret = (goods[sku] for sku in ("W-POT", "W-TALK", "W-BOOK", "W-SECRET"))
    assert (pot.price, pot.stock, pot.category, pot.picture) == (1500, 7, "Kitchen / Pots", "https://p.example/1.jpg")
    assert (talk.price, talk.stock, talk.kind) == (6000, 1000, "physical")
    assert (book.price, book.kind, book.content) == (500, "digital", "https://p.example/book.pdf")
    assert (secret.on_sale, secret.draft) == (False, True)
    tee = {each.label: (each.sku, each.price, each.stock) for each in goods.values() if each.sku.startswith("W-TEE-")}
    assert tee == {
        "Red / Large": ("W-TEE-R-LARGE", 2000, 2),
        "Red / Small": ("W-TEE-R-SMALL", 2000, 2),
        "Red / One, two": ("W-TEE-R-ONE-TWO", 2000, 1),
        "Blue / Small": ("W-TEE-B-SMALL", 2000, 2),
        "Blue / One, two": ("W-TEE-B-ONE-TWO", 2000, 1),
        "Blue / Large": ("W-TEE-BL", 2200, 2),
    }
    async with database.read() as session:
        told = await session.execute(select(Product.sku, Product.attributes).where(Product.attributes.is_not(None)))
        assert [tuple(row) for row in told] == [("W-POT", "Material: Clay")], (
            "what tells variations apart is no attribute"
        )
        query = select(Product.sku, Product.sale_price, Product.sale_from, Product.sale_until)
        sales = {row.sku: row[1:] for row in await session.execute(query.where(Product.sale_price.is_not(None)))}
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert sales.pop("W-POT") == (1200, day, day.replace(month=4))
    assert {sku: sale[0] for sku, sale in sales.items() if sku != "W-TEE"} == {
        "W-BOOK": 400,
        "W-TEE-B-SMALL": 1800,
        "W-TEE-B-ONE-TWO": 1800,
    }
    assert {problem.product for problem in report.aside} == {"Everything", "Flag", "Nothing", "Lost"}


async def test_a_file_with_one_picture_takes_the_others_away_but_no_photo_of_the_chat(database: Database) -> None:
    three = "https://p.example/a.jpg, https://p.example/b.jpg, https://p.example/c.jpg"
    await bring_twice(database, woo(a_cup(Images=three)))
    async with database.begin() as session:
        cup = (await session.scalars(select(Product))).one()
        session.add(ProductPhoto(product_id=cup.id, position=9, photo_file_id="CHAT", photo_bot_id=1))

    await bring_twice(database, woo(a_cup(Images="")))
    assert (await further(database))[1:] == ["https://p.example/c.jpg", "CHAT"]
    report = await bring_twice(database, woo(a_cup(Images="https://p.example/c.jpg")))

    assert {change.field for diff in report.diffs for change in diff.changes} == {"image_url", "more_images"}
    assert await further(database) == ["CHAT"]


async def further(database: Database) -> list[str | None]:
    async with database.read() as session:
        photos = await session.scalars(select(ProductPhoto).order_by(ProductPhoto.position))
        return [photo.image_url or photo.photo_file_id for photo in photos]

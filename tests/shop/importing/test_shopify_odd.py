"""Shopify's exports of all years, with what real shops have in them, come in, and a second time change nothing."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select

from db.models import ProductPhoto
from db.session import Database
from tests.world.imports import bring_twice, kept
from tests.world.sheets import a_mug, shopify

pytestmark = pytest.mark.one_database

TODAY_LINE = (
    "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,"
    "Option1 name,Option1 value,Option1 Linked To,Price,Inventory tracker,Inventory quantity,"
    "Continue selling when out of stock,Requires shipping,Product image URL,Image position,Variant image URL,Gift card"
)
TODAY = TODAY_LINE.split(",")


def today(*rows: dict[str, str]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, TODAY, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def a_bowl(**cells: str) -> dict[str, str]:
    row = {
        "Title": "Bowl", "URL handle": "bowl", "Description": "<p>For <b>soup</b></p>", "Type": "Kitchen",
        "Published on online store": "TRUE", "Status": "Active", "SKU": "B-1", "Price": "7.50",
        "Inventory tracker": "shopify", "Inventory quantity": "4", "Continue selling when out of stock": "DENY",
        "Product image URL": "https://pictures.example/bowl.jpg", "Image position": "1",
    }  # fmt: skip
    return row | {key.replace("_", " "): value for key, value in cells.items()}


async def test_todays_columns_are_read_and_said(database: Database) -> None:
    report = await bring_twice(
        database,
        today(
            a_bowl(),
            a_bowl(Title="Cap", URL_handle="cap", SKU="", Option1_name="Size", Option1_value="S"),
            {"URL handle": "cap", "Option1 value": "L", "Price": "8", "Inventory tracker": "shopify"},
        ),
    )

    assert report.recognised == "Shopify's export of 2025"
    bowl, cap, small, large = await kept(database)
    assert (bowl.sku, bowl.price, bowl.stock, bowl.category, bowl.description, bowl.picture, bowl.on_sale) == (
        "B-1", 750, 4, "Kitchen", "For soup", "https://pictures.example/bowl.jpg", True,
    )  # fmt: skip
    assert (cap.stock, small.label, small.stock, large.label, large.stock) == (None, "S", 4, "L", 0)


@pytest.mark.parametrize(
    ("cells", "on_sale"),
    [
        ({}, True),
        ({"Status": "active"}, True),
        ({"Status": ""}, True),
        ({"Status": "Draft"}, False),
        ({"Status": "archived"}, False),
        ({"Status": "Unlisted"}, False),
        ({"Status": "something new"}, False),
        ({"Published_on_online_store": "FALSE"}, False),
        ({"Published_on_online_store": ""}, True),
        ({"Status": "Draft", "Published_on_online_store": "TRUE"}, False),
    ],
)
async def test_what_is_not_on_sale_there_is_not_on_sale_here(
    database: Database, cells: dict[str, str], on_sale: bool
) -> None:
    await bring_twice(database, today(a_bowl(**cells)))

    draft = not on_sale and cells.get("Status") != "archived"
    assert [(each.on_sale, each.draft) for each in await kept(database)] == [(on_sale, draft)]


async def test_variants_of_a_draft_are_not_on_sale_either(database: Database) -> None:
    rows = [a_bowl(Status="Draft", SKU=f"B{size}", Option1_name="Size", Option1_value=size) for size in ("S", "M")]

    await bring_twice(database, today(*rows))

    assert [each.on_sale for each in await kept(database)] == [False, False, False]


async def test_shared_skus_are_made_unique_whatever_the_order_and_said_once(database: Database) -> None:
    rows = [
        a_mug(Variant_SKU="77"),
        a_mug(Handle="lid", Title="Lid", Variant_SKU="77"),
        a_mug(Handle="pot", Title="Pot"),
    ]

    report = await bring_twice(database, shopify(*rows))
    await bring_twice(database, shopify(*reversed(rows)))

    assert str(report.notes[0]).startswith("several goods share a SKU in the file")
    assert [(each.sku, each.name) for each in await kept(database)] == [
        ("blue-mug", "Blue mug"),
        ("lid", "Lid"),
        ("pot", "Pot"),
    ]


async def test_a_variant_may_have_the_handle_of_its_product_as_its_sku(database: Database) -> None:
    first = a_mug(Handle="ring", Title="Ring", Option1_Name="Size", Option1_Value="S", Variant_SKU="ring")

    await bring_twice(database, shopify(first, {**first, "Title": "", "Option1 Value": "M", "Variant SKU": "ring-m"}))

    parent, small, middle = await kept(database)
    assert (small.sku, small.label, middle.sku, middle.label) == ("ring", "S", "ring-m", "M")
    assert parent.sku not in {"ring", "ring-m"}


async def test_a_shared_sku_that_was_stored_before_stays_with_its_product(database: Database) -> None:
    await bring_twice(database, shopify(a_mug(Variant_SKU="77")))

    await bring_twice(database, shopify(a_mug(Variant_SKU="77"), a_mug(Handle="lid", Title="Lid", Variant_SKU="77")))

    assert [(each.sku, each.name) for each in await kept(database)] == [("77", "Blue mug"), ("lid", "Lid")]


async def test_goods_at_zero_are_set_aside_and_their_variants_too(database: Database) -> None:
    small = a_mug(Handle="ring", Title="Ring", Option1_Name="Size", Option1_Value="S")

    report = await bring_twice(
        database,
        shopify(
            a_mug(),
            a_mug(Handle="later", Title="Later", Variant_Price="0.00"),
            small,
            {**small, "Title": "", "Option1 Value": "M", "Variant Price": "0"},
        ),
    )

    assert [str(each) for each in report.aside] == [
        "line 3 (Later), Variant Price: the price is 0: nobody could pay it",
        "line 5 (ring), Variant Price: the price is 0: nobody could pay it",
    ]
    assert [(each.name, each.label) for each in await kept(database)] == [
        ("Blue mug", None),
        ("Ring", None),
        ("Ring", "S"),
    ]


async def test_goods_that_nobody_counts_there_can_be_bought_here(database: Database) -> None:
    report = await bring_twice(database, today(a_bowl(Inventory_tracker="", Inventory_quantity="0")))

    assert [each.stock for each in await kept(database)] == [1000]
    assert "what is sold there without counting comes with 1,000 units" in str(report.notes[0])


async def test_quantities_that_somebody_wrote_are_taken_though_nothing_is_tracked(database: Database) -> None:
    await bring_twice(
        database,
        today(
            a_bowl(Inventory_tracker="", Inventory_quantity="2"),
            a_bowl(Title="Cup", URL_handle="cup", SKU="C", Inventory_tracker="", Inventory_quantity="0"),
        ),
    )

    assert [each.stock for each in await kept(database)] == [2, 0]


async def test_two_thousand_and_forty_eight_variants_come_in_and_the_next_is_set_aside(database: Database) -> None:
    rows = [f"ring,{'Ring' if number == 1 else ''},Size,{number},2,5" for number in range(1, 2051)]
    head = "Handle,Title,Option1 Name,Option1 Value,Variant Inventory Qty,Variant Price"

    report = await bring_twice(database, "\n".join((head, *rows)))

    assert len(await kept(database)) == 2049
    assert [each.line for each in report.aside] == [2050, 2051]


async def test_a_long_title_is_cut_and_kept_whole_above_the_description(database: Database) -> None:
    title = "A very long name " * 15

    await bring_twice(database, shopify(a_mug(Title=title)))

    (mug,) = await kept(database)
    assert len(mug.name) <= 200
    assert mug.name.endswith("very long…")
    assert mug.description.startswith(f"{title.strip()}\n\nHolds tea")


@pytest.mark.parametrize(
    ("cells", "category"),
    [
        ({"Type": "", "Tags": "SUMMER  SHOES, sale"}, "SUMMER SHOES"),
        ({"Type": "", "Tags": "a > b"}, "a / b"),
        ({"Type": "", "Tags": "a>b>c>d>e>f"}, "a / b / c / d"),
        ({"Type": "", "Tags": ", ,x/y"}, "x-y"),
        ({"Type": "", "Tags": ""}, ""),
        ({"Type": "  Tea   pots "}, "Tea pots"),
    ],
)
async def test_types_and_tags_become_categories_that_stay(
    database: Database, cells: dict[str, str], category: str
) -> None:
    await bring_twice(database, shopify(a_mug(**cells)))

    assert [each.category for each in await kept(database)] == [category]


async def test_the_columns_of_2021_are_read_and_the_custom_type_is_the_category(database: Database) -> None:
    report = await bring_twice(
        database,
        "Handle,Title,Standardized Product Type,Custom Product Type,Published,Variant Price,Variant Inventory Qty\n"
        "a,A,Home > Kitchen > Bowls,Soup bowls,true,3,1\nb,B,Home > Kitchen > Cups,,true,3,1\n",
    )

    assert report.recognised == "Shopify's export of 2021"
    assert [each.category for each in await kept(database)] == ["Soup bowls", "Cups"]


async def test_rows_that_repeat_the_title_or_everything_only_bring_pictures(database: Database) -> None:
    mug = a_mug()
    report = await bring_twice(
        database,
        shopify(
            mug,
            {"Handle": "blue-mug", "Title": "Blue mug", "Image Src": "https://pictures.example/2.jpg"},
            {**mug, "Image Src": "https://pictures.example/3.jpg", "Image Position": "3"},
            {"Image Src": "https://pictures.example/4.jpg"},
        ),
    )

    assert report.aside == []
    assert [(each.name, each.stock, each.picture) for each in await kept(database)] == [
        ("Blue mug", 4, "https://pictures.example/mug.jpg")
    ]
    async with database.read() as session:
        further = await session.scalars(select(ProductPhoto.image_url).order_by(ProductPhoto.position))
        names = {str(url).removeprefix("https://pictures.example/") for url in further}
    assert names == {"2.jpg", "3.jpg", "4.jpg"}


async def test_a_shop_with_several_stores_has_no_quantities_and_that_is_said_once(database: Database) -> None:
    rows = "".join(f"h{number},Thing {number},5,shopify\n" for number in range(40))

    report = await bring_twice(database, "Handle,Title,Variant Price,Variant Inventory Tracker\n" + rows)

    assert [str(note) for note in report.notes] == [
        "the file states no quantity: 40 products are sold out until /restock"
    ]

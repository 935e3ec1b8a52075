"""Wix's export of the older and of today's catalogue."""

import pytest

from db.session import Database
from tests.world.imports import bring_twice, kept

pytestmark = pytest.mark.one_database

OLDER = (
    "handleId,fieldType,name,description,productImageUrl,collection,sku,ribbon,price,surcharge,visible,discountMode,"
    "discountValue,inventory,productOptionName1,productOptionType1,productOptionDescription1\n"
)
TODAY = (
    "handle,fieldType,name,visible,plainDescription,media,price,inventory,sku,productOptionName1,productOptionType1,"
    "productOptionChoices1\n"
)


async def test_a_product_without_options_comes_in_whole(database: Database) -> None:
    report = await bring_twice(
        database,
        OLDER + 'p1,Product,Pin,"<p>A&nbsp;pin</p>",a~mv2.png;b~mv2.png,Pins;All,PIN,,6.99,,true,PERCENT,50,12,,,\n',
    )

    assert report.recognised == "Wix's export"
    (pin,) = await kept(database)
    assert (pin.sku, pin.price, pin.stock, pin.category, pin.description, pin.on_sale) == (
        "PIN", 349, 12, "Pins", "A pin", True,
    )  # fmt: skip
    assert pin.picture == "https://static.wixstatic.com/media/a~mv2.png"


async def test_variants_cost_their_surcharge_more(database: Database) -> None:
    await bring_twice(
        database,
        OLDER + "p1,Product,Cap,,,Caps,,,10,,true,,,,Size,DROP_DOWN,S;L\n"
        "p1,Variant,,,,,CAP-S,,,,true,,,4,,,S\np1,Variant,,,,,CAP-L,,,2.5,false,,,OutOfStock,,,L\n",
    )

    cap, small, large = await kept(database)
    assert (cap.name, cap.price, cap.stock) == ("Cap", 1000, None)
    assert (small.sku, small.label, small.price, small.stock, small.on_sale) == ("CAP-S", "S", 1000, 4, True)
    assert (large.sku, large.label, large.price, large.stock, large.on_sale) == ("CAP-L", "L", 1250, 0, False)


async def test_choices_without_rows_of_their_own_share_the_stock(database: Database) -> None:
    await bring_twice(
        database,
        OLDER + "p1,Product,Cap,,,Caps,,,10,,false,,,5,Colour,COLOR,#ffffff:White;#000000:Black\n",
    )

    assert [(each.label, each.stock, each.on_sale) for each in await kept(database)] == [
        (None, None, False),
        ("White", 3, False),
        ("Black", 2, False),
    ]


async def test_the_export_of_todays_catalogue_is_read(database: Database) -> None:
    report = await bring_twice(
        database,
        TODAY + "cap,PRODUCT,Cap,TRUE,<p>Wool</p>,https://p.example/c.jpg,,,,Size,TEXT_CHOICES,S;L\n"
        "cap,VARIANT,,TRUE,,,10,IN_STOCK,CAP-S,,,S\ncap,VARIANT,,TRUE,,,12,3,CAP-L,,,L\n"
        "cap,MEDIA,,,,https://p.example/d.jpg,,,,,,\npin,PRODUCT,Pin,TRUE,,,2,7,PIN,,,\n",
    )

    assert report.recognised == "Wix's export of today's catalogue"
    assert [(each.sku, each.label, each.price, each.stock) for each in await kept(database)] == [
        ("cap", None, 1000, None),
        ("PIN", None, 200, 7),
        ("CAP-S", "S", 1000, 1000),
        ("CAP-L", "L", 1200, 3),
    ]

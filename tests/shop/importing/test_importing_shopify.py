"""Shopify's export becomes products, variants and stock, as often as it is imported."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.models import Category, Inventory, Product, StockMovement, User
from db.session import Database
from shop import stock
from shop.catalog import get_product, search
from shop.importing import ImportReport, Verdict, import_bytes, import_file
from shop.policy import Policy
from tests.world.clock import START, ManualClock
from tests.world.sheets import a_mug, a_shirt, shopify

EXPORTS = Path(__file__).with_name("shopify")  # our own goods, in the shape and with the oddities of real exports


async def bring(database: Database, content: bytes, *, dry_run: bool = False) -> ImportReport:
    return await import_bytes(database, content, policy=Policy(), clock=ManualClock(), dry_run=dry_run)


@pytest.mark.parametrize(("before", "prices"), [("12.50", (1250, 990)), ("9.90", (990, None)), ("", (990, None))])
async def test_what_was_dearer_before_is_on_sale(
    database: Database, before: str, prices: tuple[int, int | None]
) -> None:
    content = shopify(a_mug(Variant_Compare_At_Price=before))
    await bring(database, content)
    again = await bring(database, content)

    assert again.count(Verdict.UNCHANGED) == 1
    async with database.read() as session:
        mug = (await session.scalars(select(Product))).one()
    assert (mug.price, mug.sale_price) == prices


async def test_variants_pictures_words_and_prices_arrive(database: Database) -> None:
    report = await bring(database, shopify(a_mug(), *a_shirt()))

    assert (report.problems, report.applied, report.source) == ([], True, "shopify")
    assert (report.count(Verdict.NEW), report.count(Verdict.NEW, variants=True)) == (2, 3)
    async with database.read() as session:
        mug = await get_product(session, (await search(session, "mug", now=START)).items[0].id, now=START)
        shirt = await get_product(session, (await search(session, "shirt", now=START)).items[0].id, now=START)
    assert (mug.sku, mug.price, mug.currency, mug.available) == ("blue-mug", 990, "EUR", 4)
    assert mug.description == "Holds tea & more.\n• washable"
    assert mug.picture.source == "https://pictures.example/mug.jpg"
    assert [(axis.name, axis.values) for axis in shirt.axes] == [("Colour", ("Blue", "Red")), ("Size", ("S", "L"))]
    assert [(each.label, each.price, each.available) for each in shirt.variants] == [
        ("Blue / S", 2000, 2),
        ("Blue / L", 2000, 0),
        ("Red / S", 2500, 1),
    ]
    assert shirt.picture.source == "https://pictures.example/back.jpg"


async def test_the_same_file_again_changes_nothing_even_after_a_sale(database: Database) -> None:
    content = shopify(a_mug(), *a_shirt())
    await bring(database, content)
    clock = ManualClock()
    async with database.begin() as session:
        mug = await session.scalar(select(Product.id).where(Product.sku == "blue-mug"))
        assert mug is not None
        await stock.hold(session, {mug: 1}, now=clock.now())

    report = await bring(database, content)

    assert report.count(Verdict.UNCHANGED) == 2
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == 5
        assert await session.scalar(select(func.count()).select_from(Category)) == 1
        assert await session.scalar(select(func.count()).select_from(StockMovement)) == 3


async def test_a_new_quantity_is_a_correction_but_never_takes_what_orders_hold(database: Database) -> None:
    await bring(database, shopify(a_mug()))
    async with database.begin() as session:
        mug = await session.scalar(select(Product.id))
        assert mug is not None
        await stock.hold(session, {mug: 3}, now=ManualClock().now())

    report = await bring(database, shopify(a_mug(Variant_Inventory_Qty="1")))

    assert [(change.field, change.before, change.after) for change in report.diffs[0].changes] == [
        ("quantity", "4", "3")
    ]
    async with database.read() as session:
        inventory = await session.get_one(Inventory, mug)
        assert (inventory.quantity_in_stock, inventory.quantity_reserved) == (3, 3)
        movements = list(await session.scalars(select(StockMovement.delta).order_by(StockMovement.id)))
    assert movements == [4, -1]


async def test_a_dry_run_shows_the_difference_and_keeps_nothing(database: Database) -> None:
    await bring(database, shopify(a_mug(), *a_shirt()))

    report = await bring(database, shopify(a_mug(Variant_Price="8,50", Title="Bluer mug"), *a_shirt()), dry_run=True)

    assert not report.applied
    assert report.diffs[0].verdict is Verdict.CHANGED
    assert {(c.field, c.before, c.after) for c in report.diffs[0].changes} == {
        ("name", "Blue mug", "Bluer mug"),
        ("price", "9.90", "8.50"),
    }
    assert {diff.verdict for diff in report.diffs[1:]} == {Verdict.UNCHANGED}
    async with database.read() as session:
        assert await session.scalar(select(Product.price).where(Product.sku == "blue-mug")) == 990


async def test_a_product_that_grew_variants_keeps_its_stock_and_its_row(database: Database) -> None:
    await bring(database, shopify(a_mug(Handle="shirt", Title="Shirt")))
    async with database.read() as session:
        old = await session.scalar(select(Product.id))

    report = await bring(database, shopify(*a_shirt()))

    assert report.problems == []
    async with database.read() as session:
        assert old is not None
        card = await get_product(session, old, now=START)
        assert await session.scalar(select(func.count()).select_from(Product)) == 4
    assert card.chosen is not None
    assert (card.chosen.label, card.chosen.available, card.sku) == ("Blue / S", 2, "shirt")


async def test_an_unpublished_product_is_not_on_sale_and_oversold_ones_start_at_zero(database: Database) -> None:
    report = await bring(
        database,
        shopify(a_mug(Published="false"), a_mug(Handle="cup", Title="Cup", Variant_Inventory_Qty="-2")),
    )

    assert [str(note) for note in report.notes] == [
        "drafts, unlisted and unpublished products are not on sale: not published here (line 2)",
        "quantities below 0 (oversold there) are taken as 0: sold out until /restock (line 3)",
    ]
    async with database.read() as session:
        assert [item.name for item in (await search(session, "mug", now=START)).items] == []
        assert [item.available for item in (await search(session, "cup", now=START)).items] == [0]


@pytest.mark.parametrize(("name", "products", "variants"), [("clothes.csv", 5, 6), ("garden.csv", 5, 2)])
async def test_whole_exports_load_twice_without_doubles(
    database: Database, name: str, products: int, variants: int
) -> None:
    first = await import_file(database, EXPORTS / name, policy=Policy(), clock=ManualClock())
    again = await import_file(database, EXPORTS / name, policy=Policy(), clock=ManualClock())

    assert (first.problems, first.applied) == ([], True)
    assert (first.count(Verdict.NEW), first.count(Verdict.NEW, variants=True)) == (products, variants)
    assert (again.count(Verdict.UNCHANGED), again.count(Verdict.UNCHANGED, variants=True)) == (products, variants)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == products + variants


@pytest.mark.one_database
async def test_an_export_with_every_oddity_is_understood(database: Database) -> None:
    await import_file(database, EXPORTS / "clothes.csv", policy=Policy(), clock=ManualClock())

    async with database.read() as session:
        top = await get_product(session, (await search(session, "rugby", now=START)).items[0].id, now=START)
        jacket = await get_product(session, (await search(session, "jacket", now=START)).items[0].id, now=START)
        assert (await search(session, "socks", now=START)).items == ()
    assert [(each.label, each.price, each.available) for each in top.variants] == [
        ("Small", 5500, 1),
        ("Medium", 5500, 1),
        ("Large", 5750, 0),
    ]
    assert top.description == 'Heavy cotton, "rubber" buttons, and stripes that do not run.'
    assert jacket.description == ("Keeps the rain out.\n• taped seams\n• a hood with a peak\nCare: wash at 30 °C…")
    assert [axis.name for axis in jacket.axes] == ["Colour", "Size", "Fit"]
    assert [(each.label, each.available) for each in jacket.variants] == [
        ("Moss / S / Regular", 4),
        ("Moss / L / Regular", 2),
        ("Clay / L / Slim ∕ long", 0),
    ]
    assert jacket.picture.source == "https://pictures.example/moss.jpg"


async def test_two_imports_of_one_file_at_a_time_make_no_doubles(database: Database) -> None:
    content = shopify(a_mug(), *a_shirt())

    reports = await asyncio.gather(*(bring(database, content) for _ in range(3)))

    assert any(report.applied for report in reports)
    refused = [str(problem) for report in reports for problem in report.problems]
    assert all("at the same moment" in problem or "is on its way" in problem for problem in refused)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == 5
        assert await session.scalar(select(func.count()).select_from(Category)) == 1
        assert await session.scalar(select(func.count()).select_from(User)) == 1

"""What is exported can be imported again, and then changes nothing."""

from sqlalchemy import select

from db.models import Inventory, Product, ProductKind
from db.session import Database
from shop import stock
from shop.exporting import export
from shop.importing import Verdict, import_bytes
from shop.policy import Policy
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import OLGA, user


async def exported(database: Database) -> str:
    async with database.read() as session:
        owner = await user(session, OLGA)
        return await export(session, owner_id=owner.id)


async def filled(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "=Tea, “green”", sku="TEA", stock=6)
        tea.description = "-one\nline; and more"
        await a_product(session, "Book", kind=ProductKind.DIGITAL, currency="XTR", content="https://x.example", sku="B")
        await a_product_with_variants(session)


async def bring(database: Database, text: str) -> list[tuple[str, Verdict]]:
    report = await import_bytes(
        database, text.encode(), owner_telegram_id=OLGA.telegram_id, policy=Policy(), clock=ManualClock()
    )
    assert report.problems == []
    return [(diff.sku, diff.verdict) for diff in report.diffs if diff.verdict is not Verdict.UNCHANGED]


async def test_an_export_comes_back_unchanged_even_after_a_sale(database: Database) -> None:
    await filled(database)
    text = await exported(database)
    async with database.begin() as session:
        tea = await session.scalar(select(Product.id).where(Product.sku == "TEA"))
        assert tea is not None
        await stock.receive(session, await session.get_one(Product, tea), -2, actor="owner:1", note=None, now=START)

    assert await bring(database, text) == []


async def test_a_quantity_edited_in_the_export_is_set(database: Database) -> None:
    await filled(database)
    lines = (await exported(database)).splitlines(keepends=True)
    text = "".join(lines).replace(",6,6,0,", ",8,6,0,")

    assert await bring(database, text) == [("TEA", Verdict.CHANGED)]

    assert await bring(database, text) == []
    async with database.read() as session:
        tea = await session.scalar(select(Product.id).where(Product.sku == "TEA"))
        assert (await session.get_one(Inventory, tea)).quantity_in_stock == 8


async def test_a_formula_in_a_name_is_made_harmless(database: Database) -> None:
    await filled(database)

    assert "'=Tea" in await exported(database)


async def test_a_list_of_skus_and_quantities_changes_only_the_stock(database: Database) -> None:
    async with database.begin() as session:
        _, variants = await a_product_with_variants(session)

    changed = await bring(database, f"sku,quantity\n{variants[0].sku},9\n")

    assert changed == [(variants[0].sku, Verdict.CHANGED)]
    async with database.read() as session:
        kept = await session.get_one(Product, variants[0].id)
        assert (kept.name, kept.parent_id, kept.price) == ("Scarf", variants[0].parent_id, 2900)


async def test_a_sku_made_from_a_name_never_means_another_product(database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Tea, green", sku="GREEN-TEA")

    first = await bring(database, "name,price\nGreen tea,9\n")
    again = await bring(database, "name,price\nGreen tea,9\n")

    assert ([verdict for _, verdict in first], again) == ([Verdict.NEW], [])
    async with database.read() as session:
        rows = await session.execute(select(Product.name, Product.price).order_by(Product.id))
        assert [(name, price) for name, price in rows] == [("Tea, green", 450), ("Green tea", 900)]

"""What is exported can be imported again, and then changes nothing."""

from sqlalchemy import select

from db.models import Inventory, Product, ProductKind, ProductPhoto
from db.session import Database
from shop import stock
from shop.catalog.cards import Picture
from shop.importing import Verdict, import_bytes
from shop.importing.exporting import export
from shop.policy import Policy
from shop.products.photos import photos_of
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import IVAN, OLGA, Someone, user


async def exported(database: Database, seller: Someone = OLGA) -> str:
    async with database.read() as session:
        owner = await user(session, seller)
        return await export(session, owner_id=owner.id)


async def filled(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "=Tea, “green”", sku="TEA", stock=6)
        tea.description = "-one\nline; and more"
        tea.sale_price, tea.sale_from, tea.sale_until = 399, START, START.replace(month=12)
        await a_product(session, "Book", kind=ProductKind.DIGITAL, currency="XTR", content="https://x.example", sku="B")
        await a_product_with_variants(session)


async def bring(database: Database, text: str, seller: Someone = OLGA) -> list[tuple[str, Verdict]]:
    report = await import_bytes(
        database, text.encode(), owner_telegram_id=seller.telegram_id, policy=Policy(), clock=ManualClock()
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


async def test_an_export_brings_everything_into_an_empty_shop(database: Database) -> None:
    await filled(database)
    sizes = ("S", "M", "L")
    async with database.begin() as session:
        cloth, (first, second, third) = await a_product_with_variants(session, "Cloth", sizes, option_names="Size")
        first.position, second.position, third.position = 2, 0, 1
        cloth.photo_file_id, cloth.photo_bot_id = "AgACAgI_photo-1", 4242
        second.archived_at = cloth.archived_at = START
        third.archived_at, third.draft = START, True
        third.image_url = "=pictures/cloth.jpg"
        bowl = await a_product(session, "＝Bowl", sku="-1", low_stock_at=4, image_url="https://x.example/b.jpg")
        for place, picture in enumerate(
            (Picture(None, None, "https://x.example/c.jpg"), Picture("AgAC-2", 4242, None)), 1
        ):
            session.add(
                ProductPhoto(
                    product_id=bowl.id,
                    position=place,
                    image_url=picture.source,
                    photo_file_id=picture.file_id,
                    photo_bot_id=picture.bot_id,
                )
            )
        bowl.description = "\u3000=one\n\n\u200b+two"
        await user(session, IVAN)
    text = await exported(database)

    changed = await bring(database, text, IVAN)

    assert {verdict for _, verdict in changed} == {Verdict.NEW}
    assert await exported(database, IVAN) == text
    assert len(changed) == 3 + 3 + 1 + len(sizes) + 1
    async with database.read() as session:
        ivan = await user(session, IVAN)
        mine = select(Product).where(Product.owner_id == ivan.id)
        rows = list(await session.scalars(mine.where(Product.name == "Cloth").order_by(Product.position, Product.id)))
        bowl = (await session.scalars(mine.where(Product.sku == "-1"))).one()
        assert (await session.get_one(Inventory, bowl.id)).low_stock_at == 4
        photos = list(await photos_of(session, bowl))
    assert [(one.source, one.file_id, one.bot_id) for one in photos] == [
        ("https://x.example/b.jpg", None, None),
        ("https://x.example/c.jpg", None, None),
        (None, "AgAC-2", 4242),
    ]
    assert (bowl.name, bowl.description) == ("＝Bowl", "\u3000=one\n\n\u200b+two")
    assert [(each.option_label, each.archived_at is not None, each.photo_file_id) for each in rows] == [
        (None, True, "AgACAgI_photo-1"),
        ("M", True, None),
        ("L", True, None),
        ("S", False, None),
    ]


async def test_a_photo_that_was_only_uploaded_once_is_no_part_of_the_export(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "Tea", sku="TEA", image_url="tea.jpg")
    before = await exported(database)
    async with database.begin() as session:
        stored = await session.get_one(Product, tea.id)
        stored.photo_file_id, stored.photo_bot_id = "AgACAgI", 4242

    assert await exported(database) == before
    assert await bring(database, before) == []


async def test_letters_that_steer_a_terminal_do_not_reach_the_file(database: Database) -> None:
    async with database.begin() as session:
        tea = await a_product(session, "T\x1b[2Jea", sku="TEA")
        tea.description = "one\x1b]0;title\x07\ntwo"

    text = await exported(database)

    assert not {"\x1b", "\x07"} & set(text)
    assert "one]0;title\ntwo" in text

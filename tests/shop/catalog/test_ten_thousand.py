"""Search among ten thousand products: what people write is found, and no statement looks at more rows for it."""

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product, ProductKind, ProductTerm
from db.models.term import rows_for
from db.session import Database
from shop import catalog
from tests.world.clock import START
from tests.world.goods import a_category
from tests.world.people import OLGA, user
from tests.world.plans import recorded, run_again

PRODUCTS = 10_000
MOST = 1_300  # rows that a statement may look at: a window of 250, five looks each; a word has as many products
AT_ONCE = 1_000
FIRST = ("Hobby", "Home", "Hosen", "Holz", "Horn", "Rote", "Grüne", "Синие", "Mini", "Super")
SECOND = ("Kiste", "Lampe", "Jacke", "Vase", "Decke", "Tasse", "Schale", "Ножницы", "Uhr", "Karte")
# The shop's last products: whoever looks at the first ones alone never comes to them.
SPECIAL = (
    ("Hoodie", "HD-2041"),
    ("T-Shirt mit Druck", "TS-9"),
    ("Bio-Müsli", "MU-1"),
    ("Зелёный чай", "CH-5"),
    ("Handgemachte Seifenschale", "SE-77"),
    ("Smørrebrød-Brett", "BR-3"),
)


async def fill(session: AsyncSession) -> None:
    """Ten thousand products, the special ones last."""
    owner, shelf = await user(session, OLGA), await a_category(session, "Alles")
    names = [
        (f"{FIRST[n % len(FIRST)]} {SECOND[n // 7 % len(SECOND)]} {n}", f"BULK-{n}")
        for n in range(PRODUCTS - len(SPECIAL))
    ]
    rows: list[dict[str, Any]] = [
        {"id": number, "owner_id": owner.id, "category_id": shelf.id, "sku": sku, "name": name, "description": ""}
        | {"price": 100, "currency": "EUR", "kind": ProductKind.PHYSICAL, "created_at": START, "updated_at": START}
        for number, (name, sku) in enumerate([*names, *SPECIAL], 1)
    ]
    for start in range(0, PRODUCTS, AT_ONCE):
        some = rows[start : start + AT_ONCE]
        await session.execute(insert(Product), some)
        stock = {"quantity_in_stock": 5, "quantity_reserved": 0, "low_stock_at": 0, "updated_at": START}
        await session.execute(insert(Inventory), [{"product_id": row["id"], **stock} for row in some])
        terms = [one for row in some for one in rows_for(row["id"], row["name"], "", (), (row["sku"],))]
        await session.execute(insert(ProductTerm), terms)


ASKED = [
    ("Hoodie", "Hoodie"),
    ("hoodie", "Hoodie"),
    ("tshirt", "T-Shirt mit Druck"),
    ("t-shirt druck", "T-Shirt mit Druck"),
    ("druck tshirt", "T-Shirt mit Druck"),
    ("müsli", "Bio-Müsli"),
    ("muesli", "Bio-Müsli"),
    ("musli", "Bio-Müsli"),
    ("чай зеленый", "Зелёный чай"),
    ("ифенш", None),
    ("fensch", "Handgemachte Seifenschale"),
    ("hd-2041", "Hoodie"),
    ("HD2041", "Hoodie"),
    ("smorrebrod", "Smørrebrød-Brett"),
]
MISTYPED = [
    ("hodie", "Hoodie"),
    ("hoodei", "Hoodie"),
    ("hoodiee", "Hoodie"),
    ("hoddie", "Hoodie"),
    ("tshrit druck", "T-Shirt mit Druck"),
    ("muessli", "Bio-Müsli"),
    ("зиленый чай", "Зелёный чай"),
    ("seifenshcale", "Handgemachte Seifenschale"),
]


@pytest.mark.every_database
async def test_what_is_written_is_found_among_ten_thousand_and_looks_at_few_rows(database: Database) -> None:
    async with database.begin() as session:
        await fill(session)
    await _counts_itself(database)
    with recorded(database) as recording:
        for text, name in ASKED:
            recording.doing = text
            assert await _first(database, text) == name, text
        for text, name in MISTYPED:
            recording.doing = text
            assert await _first(database, text) is None, text
            async with database.read() as session:
                mended = await catalog.meant(session, text)
            assert mended is not None, text
            assert await _first(database, mended) == name, (text, mended)
        for text in ("lampe", "hobby lampe", "ho", "bulk"):  # frequent ones, page by page
            recording.doing = text
            await _turns_pages(database, text)

    too_many = []
    for asked in recording:
        ran = await run_again(database, asked)
        if ran.rows > MOST:
            too_many.append(f"{ran.rows} rows for {asked.doing}:\n{asked.statement}\n{asked.parameters}\n{ran.plan}")
    assert not too_many, "\n\n".join(too_many)


async def test_whole_words_come_before_beginnings_and_those_before_descriptions(session: AsyncSession) -> None:
    from tests.world.goods import a_product

    described = await a_product(session, "Box")
    described.description = "For tea."
    longer = await a_product(session, "Teapot")
    word = await a_product(session, "Black tea")
    shelf = await a_category(session, "Else")
    for one in (described, longer, word):
        one.category_id = shelf.id
    await session.flush()

    found = await catalog.search(session, "tea", now=START)

    assert [item.name for item in found.items] == ["Black tea", "Teapot", "Box"]


async def _counts_itself(database: Database) -> None:
    """The database looks at what it holds, as a server does by itself after a while."""
    said = {"mysql": "ANALYZE TABLE products, product_terms, inventory", "postgresql": "VACUUM ANALYZE"}
    if database.dialect in said:
        async with database.engine.connect() as connection:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")  # noqa: PLW2901
            await connection.exec_driver_sql(said[database.dialect])


async def _first(database: Database, text: str) -> str | None:
    async with database.read() as session:
        found = await catalog.search(session, text, now=START)
    return found.items[0].name if found.items else None


async def _turns_pages(database: Database, text: str) -> None:
    """Forwards over three pages, and back: the same ones."""
    async with database.read() as session:
        first = await catalog.search(session, text, now=START)
        second = await catalog.search(session, text, after_id=first.last_id, now=START)
        third = await catalog.search(session, text, after_id=second.last_id, now=START)
        back = await catalog.search(session, text, before_id=third.first_id, now=START)
        again = await catalog.search(session, text, after_id=-(second.first_id or 0), now=START)
    ids = [item.id for page in (first, second, third) for item in page.items]
    assert len(ids) == len(set(ids)) == 18, text
    assert back.items == second.items == again.items, text

"""Whose goods a file holds is found, and never made a second time for somebody else."""

import pytest
from sqlalchemy import func, select

from db.models import Product, User
from db.session import Database
from shop.importing import ImportReport, Verdict, import_bytes
from shop.policy import Policy
from tests.world.clock import ManualClock
from tests.world.goods import a_product
from tests.world.people import IVAN, OLGA, OSCAR, Someone, user

pytestmark = pytest.mark.one_database

POLICY = Policy(operators=frozenset({OSCAR.telegram_id}))


async def bring(database: Database, text: str, owner: Someone | None = None) -> ImportReport:
    return await import_bytes(
        database,
        text.encode(),
        owner_telegram_id=owner.telegram_id if owner else None,
        policy=POLICY,
        clock=ManualClock(),
    )


async def counted(database: Database) -> dict[str, int]:
    async with database.read() as session:
        query = select(User.name, func.count()).join(Product, Product.owner_id == User.id).group_by(User.name)
        return {row[0]: row[1] for row in await session.execute(query)}


async def test_goods_that_a_seller_has_stay_theirs(database: Database) -> None:
    async with database.begin() as session:
        await user(session, OSCAR)
        await a_product(session, "Tea", sku="TEA", seller=OLGA)
        await a_product(session, "Mug", sku="MUG", seller=IVAN)

    report = await bring(database, "sku,name,price\nTEA,Tea,9\n")

    assert (report.sellers, report.count(Verdict.CHANGED)) == (("Olga",), 1)
    assert await counted(database) == {"Olga": 1, "Ivan": 1}


async def test_new_goods_are_the_operators(database: Database) -> None:
    async with database.begin() as session:
        await user(session, OSCAR)
        await a_product(session, "Tea", sku="TEA", seller=OLGA)

    report = await bring(database, "sku,name,price\nTEA,Tea,9\nA,Ale,3\nB,Bun,3\nC,Cup,3\n")

    assert report.sellers == ("Oscar",)
    assert await counted(database) == {"Olga": 1, "Oscar": 4}


async def test_where_two_sellers_have_them_it_is_asked_and_nothing_is_done(database: Database) -> None:
    async with database.begin() as session:
        for seller in (OLGA, IVAN):
            await a_product(session, "Tea", sku="TEA", seller=seller)

    asked = await bring(database, "sku,name,price\nTEA,Tea,9\n")
    named = await bring(database, "sku,name,price\nTEA,Tea,9\n", IVAN)

    assert [str(problem) for problem in asked.problems] == [
        "the file: whose goods are they? These have them already: Olga (--owner 1003), Ivan (--owner 1004)"
    ]
    assert (named.applied, named.sellers) == (True, ("Ivan",))


async def test_the_column_of_owners_says_whose_each_row_is(database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Tea", sku="TEA", seller=OLGA)

    report = await bring(
        database,
        "sku,name,price,owner,seller\n"
        f"TEA,Tea,9,{OLGA.telegram_id},Olga\nTEA,Tea,8,{IVAN.telegram_id},Ivan\nCUP,Cup,7,,\nX,X,1,me,\n",
    )

    assert [str(each) for each in report.aside] == ["line 5 (X), owner: 'me' is not the Telegram id of a seller"]
    assert (report.count(Verdict.CHANGED), report.count(Verdict.NEW)) == (1, 2)
    async with database.read() as session:
        query = select(User.telegram_id, Product.sku, Product.price).join(Product, Product.owner_id == User.id)
        rows = {tuple(row) for row in await session.execute(query)}
    assert rows == {
        (OLGA.telegram_id, "TEA", 900),
        (IVAN.telegram_id, "TEA", 800),
        (OSCAR.telegram_id, "CUP", 700),
    }

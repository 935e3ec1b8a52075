"""A shop of version 1.0 with rows in every table is brought up to date, and loses none of them."""

from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, inspect, select
from sqlalchemy.ext.asyncio import create_async_engine

from db import migrate
from db.base import Base
from db.models import Product
from db.models.term import ProductTerm
from db.session import Database, async_url
from tests.world.everything import a_shop_with_everything

FIRST = "0004"  # the tables of version 1.0
WRITTEN_ANEW = {"product_terms"}

Rows = dict[str, list[dict[str, Any]]]


async def test_a_shop_of_the_first_version_keeps_every_row(bare_url: str, database: Database) -> None:
    async with database.begin() as session:
        await a_shop_with_everything(session)
        tea = await session.get_one(Product, 1)
        tea.name = "T-Shirt"
    async with database.read() as session:
        everything = {table.name: await _rows(session, table) for table in Base.metadata.sorted_tables}
    await migrate.upgrade(bare_url, FIRST)
    engine = create_async_engine(async_url(bare_url))
    async with engine.begin() as connection:
        written = await connection.run_sync(_write, everything)

    await migrate.upgrade(bare_url)

    async with engine.connect() as connection:
        for name, rows in written.items():
            if name not in WRITTEN_ANEW:
                table = _with_columns(name, set(rows[0]))
                read = [dict(row) for row in (await connection.execute(select(table))).mappings()]
                assert sorted(read, key=str) == sorted(rows, key=str), name
        answers = select(ProductTerm.product_id).where(ProductTerm.term == "tshirt")
        assert list(await connection.scalars(answers)) == [1]
    await engine.dispose()
    assert set(written) >= {"users", "products", "orders", "payments", "reviews", "notifications", "dialogs"}


async def _rows(session: Any, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in (await session.execute(select(table))).mappings()]


def _write(connection: Connection, everything: Rows) -> Rows:
    """Write those rows and columns that version 1.0 has; what was written."""
    there = inspect(connection)
    written: Rows = {}
    for name in there.get_table_names():
        columns = {column["name"] for column in there.get_columns(name)}
        rows = [{key: value for key, value in row.items() if key in columns} for row in everything.get(name, [])]
        if rows:
            written[name] = rows
    for table in Base.metadata.sorted_tables:
        for row in sorted(written.get(table.name, []), key=lambda row: row.get("parent_id") is not None):
            connection.execute(insert(_with_columns(table.name, set(row))), row)
    return written


def _with_columns(name: str, columns: set[str]) -> Table:
    """The table as the models have it, with these of its columns alone."""
    whole = Base.metadata.tables[name]
    return Table(name, MetaData(), *(column._copy() for column in whole.columns if column.name in columns))

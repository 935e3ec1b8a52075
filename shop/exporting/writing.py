"""Writing a table into a file, some rows at a time, outside the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from datetime import datetime, tzinfo
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from db.session import Database
from shop.exporting.asked import NEEDS, Asked, Table, TooMuch
from shop.exporting.customers import CUSTOMERS, customers
from shop.exporting.money import MONEY, money
from shop.exporting.orders import LINES, ORDERS, lines, orders
from shop.exporting.products import products
from shop.exporting.receipts import RECEIPTS, receipts
from shop.exporting.returns import RETURNS, returns
from shop.exporting.scope import Page, Scope
from shop.importing import tables
from shop.importing.exporting import MINE, OWNERS
from shop.importing.tables import Cell, CsvTable, ExcelTable
from shop.people import events
from shop.people.permissions import By, ask

SELLER = ("seller",)  # whose, in a table of everybody's
EXPORTED = "table.exported"

Reader = Callable[[AsyncSession, Scope], AsyncIterator[Page]]
READERS: dict[Table, tuple[Reader, tuple[str, ...], tuple[str, ...]]] = {
    Table.PRODUCTS: (products, MINE, OWNERS),
    Table.ORDERS: (orders, ORDERS, SELLER),
    Table.LINES: (lines, LINES, SELLER),
    Table.CUSTOMERS: (customers, CUSTOMERS, ()),
    Table.MONEY: (money, MONEY, SELLER),
    Table.RETURNS: (returns, RETURNS, SELLER),
    Table.RECEIPTS: (receipts, RECEIPTS, SELLER),
}


def columns(table: Table, *, everybody: bool) -> tuple[str, ...]:
    """The names over the columns; they stay what they are, for who reads the file by a program."""
    _, names, whose = READERS[table]
    return (*names, *whose) if everybody else names


async def rows(
    session: AsyncSession, asked: Asked, *, owner_id: int | None, zone: tzinfo
) -> AsyncIterator[list[tuple[Cell, ...]]]:
    """The rows under `columns`, of one seller or of everybody (None), some hundreds at a time."""
    names = columns(asked.table, everybody=owner_id is None)
    begin, end = asked.stretch.borders(zone)
    async for page in READERS[asked.table][0](session, Scope(owner_id, begin, end, zone)):
        yield [tuple(row.get(name) for name in names) for row in page]


async def write_file(db: Database, by: By, asked: Asked, path: Path, *, zone: tzinfo, most: int) -> int:
    """Write what this person may have of it; how many rows it has.

    Raises TooMuch (more than `most` rows), NotPermitted.
    """
    acting = ask(by, *NEEDS[asked.table])
    names = columns(asked.table, everybody=acting.everything)
    count = 0
    with ExitStack() as stack:
        table: tables.Table
        if asked.csv:
            # spreadsheets know UTF-8 by its mark
            out = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            table = CsvTable(out, names)
        else:
            table = ExcelTable(path, names, title=asked.table.value, zone=zone)
        async with db.read() as session:
            async for page in rows(session, asked, owner_id=acting.only, zone=zone):
                count += len(page)
                if count > most:
                    table.abandon()
                    raise TooMuch
                await asyncio.to_thread(table.add, page)
        await asyncio.to_thread(table.close)
    return count


async def note_export(session: AsyncSession, by: By, asked: Asked, *, now: datetime) -> None:
    """Write down that somebody took this table along. Raises NotPermitted."""
    acting = ask(by, *NEEDS[asked.table])
    data = {"period": asked.stretch.name}
    subject = f"table:{asked.table.value}"
    events.write(session, acting.actor, EXPORTED, subject, owner_id=acting.owner_id, data=data, now=now)

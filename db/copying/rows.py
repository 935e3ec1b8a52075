"""The rows of one table on their way: read in batches, written, read back and compared."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

from msgspec import Struct
from sqlalchemy import Column, Table, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.base import Base
from db.copying.digest import Digest
from db.copying.ends import CannotCopy

BATCH = 1000  # rows in memory at once

Progress = Callable[[str, int, int], None]  # table, rows done, rows in all
Row = dict[str, Any]


class TableCopied(Struct, frozen=True):
    """One table that arrived: how many rows, and the digest over all of them that both sides agree on."""

    name: str
    rows: int
    digest: str


def tables_in_order() -> list[Table]:
    """Every table, each after those that it points at."""
    return list(Base.metadata.sorted_tables)


async def copy_table(
    reading: AsyncConnection, writing: AsyncConnection, table: Table, progress: Progress | None
) -> TableCopied:
    """Copy one table. Raises CannotCopy."""
    total = await reading.scalar(select(func.count()).select_from(table)) or 0
    itself = _column_to_itself(table)
    read, done = Digest(table), 0
    late: list[Row] = []
    if progress is not None:
        progress(table.name, 0, total)
    async for batch in rows_of(reading, table):
        read.add(batch)
        if itself is not None:
            late += _take_out_forward_references(batch, itself)
        await writing.execute(insert(table), batch)
        done += len(batch)
        if progress is not None:
            progress(table.name, done, total)
    if late and itself is not None:
        await _point(writing, table, itself, late)
    written = Digest(table)
    async for batch in rows_of(writing, table):
        written.add(batch)
    if written != read:
        raise CannotCopy(f"The copy was given up: of {table.name} {read} was read, {written} arrived.")
    return TableCopied(table.name, read.rows, str(read))


async def rows_of(connection: AsyncConnection, table: Table) -> AsyncGenerator[list[Row]]:
    """Every row, batch by batch, in the order of the key."""
    query = select(table).order_by(*table.primary_key.columns)
    async with connection.stream(query, execution_options={"yield_per": BATCH}) as result:
        async for batch in result.mappings().partitions(BATCH):
            yield [dict(row) for row in batch]


def _column_to_itself(table: Table) -> Column[Any] | None:
    """The column that points at rows of the same table: the parent of a category, of a variant."""
    return next((key.parent for key in table.foreign_keys if key.column.table is table), None)


def _take_out_forward_references(batch: list[Row], itself: Column[Any]) -> list[Row]:
    """Leave out what points at a row that comes later (a category moved under a younger one); to be pointed after."""
    late = [
        {"row_id": row["id"], "other_id": row[itself.name]}
        for row in batch
        if row[itself.name] is not None and row[itself.name] >= row["id"]
    ]
    waiting = {reference["row_id"] for reference in late}
    for row in batch:
        if row["id"] in waiting:
            row[itself.name] = None
    return late


async def _point(writing: AsyncConnection, table: Table, itself: Column[Any], late: list[Row]) -> None:
    statement = update(table).where(table.c.id == bindparam("row_id")).values({itself.name: bindparam("other_id")})
    for start in range(0, len(late), BATCH):
        await writing.execute(statement, late[start : start + BATCH])

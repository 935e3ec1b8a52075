"""Numbers go on after the highest that was copied."""

from sqlalchemy import Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection


async def count_on(writing: AsyncConnection, table: Table) -> None:
    """Let the next row of the table get the next free id.

    Only PostgreSQL needs it: its sequence does not see ids that were given. MariaDB, MySQL and SQLite go by the
    highest id in the table.
    """
    column = table.autoincrement_column
    if column is None or writing.dialect.name != "postgresql":
        return
    highest = await writing.scalar(select(func.max(column)))
    if highest is not None:
        statement = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
        await writing.execute(statement, {"table": table.name, "column": column.name, "highest": highest})

"""Moves a whole shop from one database to another: every row, compared at the end, all of it or nothing.

The target is written in one transaction that is committed only when reading it back gives what was read from the
source. A copy that is killed therefore leaves the target empty, and is simply started again.
"""

from db.copying.ends import CannotCopy, source, target
from db.copying.rows import Progress, TableCopied, copy_table, tables_in_order
from db.copying.sequences import count_on

__all__ = ["CannotCopy", "Progress", "TableCopied", "copy_database"]


async def copy_database(source_url: str, target_url: str, *, progress: Progress | None = None) -> list[TableCopied]:
    """Copy every row of every table, any direction among SQLite, PostgreSQL and MariaDB/MySQL; what was copied.

    The source is read as it stood at one instant; an empty target gets its tables first. `progress` hears the table,
    rows done and rows in all. Raises CannotCopy, having changed no row: the source has no shop or another version's
    tables, the target is not empty, a row does not fit, or what was read back differs.
    """
    copied = []
    async with source(source_url, target_url) as reading, target(target_url) as writing:
        for table in tables_in_order():
            copied.append(await copy_table(reading, writing, table, progress))
            await count_on(writing, table)
    return copied

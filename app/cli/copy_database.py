"""`storefront copy-database`: a whole shop from one database to another."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read

if TYPE_CHECKING:
    from db.copying import TableCopied

REFUSED = 1  # exit code: nothing was copied, and the message says why


def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Address of the database that holds the shop")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Address of an empty database; it gets its tables here")],
    config: ConfigFile = None,
) -> None:
    """Copy every row of a shop to an empty database of any kind, and compare them; all of it or nothing.

    Addresses are written as database.url: sqlite:///shop.sqlite3, postgresql://…, mariadb://…. Close the shop first:
    what happens there during the copy is not in it. A copy that was killed left nothing behind: start it again.
    """
    from db.copying import CannotCopy

    read(config)
    try:
        tables = asyncio.run(_copy(source, target))
    except CannotCopy as refused:
        typer.secho(f"{refused}", fg="red", err=True)
        raise typer.Exit(REFUSED) from None
    for table in tables:
        typer.echo(f"  {table.rows:>9,}  {table.name}")
    total = sum(table.rows for table in tables)
    typer.secho(f"Copied {total:,} rows of {len(tables)} tables; both databases hold the same.", fg="green")


async def _copy(source: str, target: str) -> "list[TableCopied]":
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from db.copying import copy_database as copy_all

    columns = (
        TextColumn("{task.description:<18}"),
        *Progress.get_default_columns()[1:2],
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars: dict[str, int] = {}

        def advance(table: str, done: int, total: int) -> None:
            if table not in bars:
                bars[table] = progress.add_task(table, total=total)
            progress.update(progress.tasks[bars[table]].id, completed=done, total=total)

        return await copy_all(source, target, progress=advance)

"""`storefront export`: products as CSV or an Excel workbook, in the columns that `storefront import` reads."""

import asyncio
import os
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read
from app.cli.printing import say

if TYPE_CHECKING:
    from datetime import tzinfo

    from sqlalchemy.ext.asyncio import AsyncSession

    from app.config import Config
    from shop.importing import Seller
    from shop.importing.tables import Table

NOBODY = 1  # exit code: there is no such seller
PRIVATE = 0o600  # the file holds what buyers of digital goods pay for
NAMED = 10  # sellers that are listed


class Format(StrEnum):
    """How the file is written."""

    CSV = "csv"
    XLSX = "xlsx"


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; else the screen", dir_okay=False)] = None,
    config: ConfigFile = None,
    owner: Annotated[int | None, typer.Option(help="Telegram id of one seller; else everybody's", min=1)] = None,
    written_as: Annotated[
        Format | None, typer.Option("--format", help="Else by the name of the file, and CSV on the screen")
    ] = None,
) -> None:
    """Export products; importing the file again changes nothing, and into an empty shop it brings them all."""
    if written_as is None:
        written_as = Format.XLSX if file is not None and file.suffix.lower() == ".xlsx" else Format.CSV
    if written_as is Format.XLSX and file is None:
        say("An Excel workbook needs a file: storefront export products.xlsx", color="red", err=True)
        raise typer.Exit(2)
    asyncio.run(_export(read(config), file, owner, written_as))


async def _export(config: "Config", file: Path | None, owner: int | None, written_as: Format) -> None:
    from app.cli.database import opened
    from app.config.policy import policy
    from shop.importing import sellers

    async with opened(config) as database, database.read() as session:
        everybody = await sellers(session)
        chosen = [each for each in everybody if owner is None or each.telegram_id == owner]
        if not chosen:
            _refuse(everybody, owner)
        from shop.importing.exporting import MINE, OWNERS

        several = len(everybody) > 1 and owner is None
        columns = (*MINE, *OWNERS) if several else MINE
        with _target(file, columns, written_as, policy(config).timezone) as table:
            photos = await _write(session, chosen, table, several=several)
    many = sum(each.products for each in chosen)
    whose = ", ".join(each.name for each in chosen[:NAMED]) + (", …" if len(chosen) > NAMED else "")
    goods = f"{many:,} {'product' if many == 1 else 'products'} of {whose}"
    say(f"Exported {goods} to {file}." if file else f"{goods}.", color="green", err=True)
    if photos:
        taken = "1 photo was" if photos == 1 else f"{photos:,} photos were"
        say(f"Note: {taken} taken in the chat; they come back to a shop of the same bot.", color="yellow", err=True)


async def _write(session: "AsyncSession", chosen: list["Seller"], table: "Table", *, several: bool) -> int:
    """Write the rows, with a column that says whose they are where there are several sellers; how many photos."""
    from shop.importing.exporting import MINE, owner_cells, pages

    photos = 0
    for seller in chosen:
        cells = await owner_cells(session, seller.id) if several else ()
        async for page in pages(session, owner_id=seller.id):
            await asyncio.to_thread(table.add, [(*row, *cells) for row in page])
            photos += sum(bool(row[MINE.index("photo")]) for row in page)
    return photos


@contextmanager
def _target(file: Path | None, columns: tuple[str, ...], written_as: Format, zone: "tzinfo") -> Generator["Table"]:
    """The file, for its owner's eyes alone; the screen where there is none."""
    from shop.importing.tables import CsvTable, ExcelTable

    if file is None:
        yield CsvTable(sys.stdout, columns)
        return
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            os.fchmod(handle, PRIVATE)  # it may have been there before
        if written_as is Format.CSV:
            yield CsvTable(out, columns)
            return
    table = ExcelTable(file, columns, title="products", zone=zone)
    yield table
    table.close()


def _refuse(everybody: list["Seller"], owner: int | None) -> None:
    if not everybody:
        say("The shop has no products yet: storefront import brings some.", color="red", err=True)
        raise typer.Exit(NOBODY)
    names = ", ".join(f"{each.name} ({each.telegram_id or 'the shop itself'})" for each in everybody[:NAMED])
    say(f"Nobody sells here as {owner}. Products have: {names}.", color="red", err=True)
    raise typer.Exit(NOBODY)

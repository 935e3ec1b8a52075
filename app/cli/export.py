"""`storefront export`: products, orders, customers and money as CSV or an Excel workbook."""

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
    from shop.exporting import Asked
    from shop.importing import Seller
    from shop.importing.tables import Table

NOBODY = 1  # exit code: there is no such seller
PRIVATE = 0o600  # the file holds what buyers of digital goods pay for
NAMED = 10  # sellers that are listed


class Format(StrEnum):
    """How the file is written."""

    CSV = "csv"
    XLSX = "xlsx"


class What(StrEnum):
    """What the rows are about."""

    PRODUCTS = "products"
    ORDERS = "orders"
    LINES = "lines"
    CUSTOMERS = "customers"
    MONEY = "money"
    RETURNS = "returns"
    RECEIPTS = "receipts"


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; else the screen", dir_okay=False)] = None,
    config: ConfigFile = None,
    what: Annotated[
        What, typer.Option(help="Products, orders, their lines, customers, money, returns, or receipts")
    ] = What.PRODUCTS,
    period: Annotated[
        str | None, typer.Option(help="2026-10, a day, or the first and the last of either; else everything")
    ] = None,
    owner: Annotated[int | None, typer.Option(help="Telegram id of one seller; else everybody's", min=1)] = None,
    written_as: Annotated[
        Format | None, typer.Option("--format", help="Else by the name of the file, and CSV on the screen")
    ] = None,
) -> None:
    """Export products (importing the file again changes nothing), or orders, customers and money of a time."""
    if written_as is None:
        written_as = Format.XLSX if file is not None and file.suffix.lower() == ".xlsx" else Format.CSV
    if written_as is Format.XLSX and file is None:
        say("An Excel workbook needs a file: storefront export products.xlsx", color="red", err=True)
        raise typer.Exit(2)
    asyncio.run(_export(read(config), file, owner, _asked(what, period), written_as))


def _asked(what: What, period: str | None) -> "Asked":
    from shop.exporting import Asked, Stretch, Table, between

    stretch = Stretch() if period is None else between(period)
    if stretch is None or (period is not None and what is What.PRODUCTS):
        wrong = f"{period} is no time" if stretch is None else "Products are of no time"
        say(f"{wrong}: storefront export --what orders --period 2026-10", color="red", err=True)
        raise typer.Exit(2)
    return Asked(Table(what.value), stretch)


async def _export(config: "Config", file: Path | None, owner: int | None, asked: "Asked", written_as: Format) -> None:
    from app.cli.database import opened
    from app.settings import effective
    from shop.exporting import Table, columns
    from shop.importing import sellers

    async with opened(config) as database, database.read() as session:
        everybody = await sellers(session)
        chosen = [each for each in everybody if owner is None or each.telegram_id == owner]
        if not chosen:
            _refuse(everybody, owner)
        # the products of a shop with one seller need no column that says whose they are
        several = owner is None and (len(everybody) > 1 or asked.table is not Table.PRODUCTS)
        only = None if several else chosen[0].id
        zone = (await effective(config, database)).timezone
        names = columns(asked.table, everybody=several)
        with _target(file, names, written_as, asked.table.value, zone) as table:
            count, photos = await _write(session, table, asked, only, zone)
    whose = ", ".join(each.name for each in chosen[:NAMED]) + (", …" if len(chosen) > NAMED else "")
    if asked.table is Table.PRODUCTS:
        many = sum(each.products for each in chosen)
        rows = f"{many:,} {'product' if many == 1 else 'products'} of {whose}"
    else:
        rows = f"{count:,} {'row' if count == 1 else 'rows'} of {whose}"
    say(f"Exported {rows} to {file}." if file else f"{rows}.", color="green", err=True)
    if photos:
        taken = "1 photo was" if photos == 1 else f"{photos:,} photos were"
        say(f"Note: {taken} taken in the chat; they come back to a shop of the same bot.", color="yellow", err=True)


async def _write(
    session: "AsyncSession", table: "Table", asked: "Asked", owner_id: int | None, zone: "tzinfo"
) -> tuple[int, int]:
    """Write the rows; how many they are, and how many of them have a photo that was taken in the chat."""
    from shop.exporting import columns, rows

    names = columns(asked.table, everybody=owner_id is None)
    photo = names.index("photo") if "photo" in names else None
    count = photos = 0
    async for page in rows(session, asked, owner_id=owner_id, zone=zone):
        await asyncio.to_thread(table.add, page)
        count += len(page)
        photos += sum(bool(row[photo]) for row in page) if photo is not None else 0
    return count, photos


@contextmanager
def _target(
    file: Path | None, columns: tuple[str, ...], written_as: Format, title: str, zone: "tzinfo"
) -> Generator["Table"]:
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
    table = ExcelTable(file, columns, title=title, zone=zone)
    yield table
    table.close()


def _refuse(everybody: list["Seller"], owner: int | None) -> None:
    if not everybody:
        say("The shop has no products yet: storefront import brings some.", color="red", err=True)
        raise typer.Exit(NOBODY)
    names = ", ".join(f"{each.name} ({each.telegram_id or 'the shop itself'})" for each in everybody[:NAMED])
    say(f"Nobody sells here as {owner}. Products have: {names}.", color="red", err=True)
    raise typer.Exit(NOBODY)

"""`storefront export`: a seller's products as CSV, in the columns that `storefront import` reads."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read

if TYPE_CHECKING:
    from app.config import Config

NOBODY = 1  # exit code: there is no such seller


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; else the screen", dir_okay=False)] = None,
    config: ConfigFile = None,
    owner: Annotated[
        int | None, typer.Option(help="Telegram id of the seller; else the first of shop.operators", min=1)
    ] = None,
) -> None:
    """Export products as CSV; importing the file again changes nothing."""
    text = asyncio.run(_export(read(config), owner))
    if text is None:
        who = "The shop has no products of its own yet" if owner is None else f"Nobody sells here as {owner}"
        typer.secho(f"{who}: storefront import brings some, --owner names a seller.", fg="red", err=True)
        raise typer.Exit(NOBODY)
    if file is None:
        typer.echo(text, nl=False)
        return
    file.write_text(text, encoding="utf-8", newline="")
    typer.secho(f"Exported to {file}.", fg="green", err=True)


async def _export(config: "Config", owner: int | None) -> str | None:
    from app.cli.database import opened
    from app.config.policy import policy
    from shop.exporting import export as export_from
    from shop.importing import find_seller

    async with opened(config) as database, database.read() as session:
        seller = await find_seller(session, owner, policy(config))
        return None if seller is None else await export_from(session, owner_id=seller)

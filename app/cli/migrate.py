"""`storefront migrate`: bring the database to the tables of this version."""

import asyncio
from typing import Annotated

import typer

from app.cli.options import ConfigFile, read


def migrate(
    config: ConfigFile = None,
    revision: Annotated[str, typer.Argument(help="A revision of db/migrations, or head for the newest")] = "head",
) -> None:
    """Bring the database to the newest tables, keeping what is in it; a second time it does nothing."""
    settings = read(config)
    typer.echo(asyncio.run(_migrate(settings.database.url.reveal(), revision)))


async def _migrate(url: str, revision: str) -> str:
    from db.migrate import current, upgrade

    before = await current(url)
    await upgrade(url, revision)
    after = await current(url)
    return f"Nothing to do: the database is at {after}." if before == after else f"The database is at {after}."

"""`storefront migrate`: bring the database to the tables of this version."""

from typing import Annotated

import typer

from app.cli.options import ConfigFile, read


def migrate(
    config: ConfigFile = None,
    revision: Annotated[str, typer.Argument(help="A revision of db/migrations, or head for the newest")] = "head",
) -> None:
    """Bring the database to the newest tables, keeping what is in it; a second time it does nothing."""
    from db.migrate import current, upgrade

    settings = read(config)
    url = settings.database.url.get_secret_value()
    before = current(url)
    upgrade(url, revision)
    after = current(url)
    typer.echo(f"Nothing to do: the database is at {after}." if before == after else f"The database is at {after}.")

"""`storefront backup`: the whole shop in one file."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ConfigFile, read

REFUSED = 1  # exit code: no backup was made, and the message says why


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet", dir_okay=False)],
    config: ConfigFile = None,
) -> None:
    """Write the whole shop to one file, while it may be open: SQLite's online backup, pg_dump or mariadb-dump."""
    from db.backups import BackupRefused, save

    settings = read(config)
    try:
        asyncio.run(save(settings.database.url.reveal(), file))
    except BackupRefused as refused:
        typer.secho(str(refused), fg="red", err=True)
        raise typer.Exit(REFUSED) from None
    size = file.stat().st_size
    typer.secho(f"Saved to {file} ({size:,} bytes). Try it now and then: storefront restore, then doctor.", fg="green")

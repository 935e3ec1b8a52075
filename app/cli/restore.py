"""`storefront restore`: a shop from the file that `storefront backup` wrote."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ConfigFile, read

REFUSED = 1  # exit code: nothing was restored, and the message says why


def restore(
    file: Annotated[Path, typer.Argument(help="What `storefront backup` wrote", dir_okay=False)],
    config: ConfigFile = None,
) -> None:
    """Restore a backup into the configured database, which must be empty, and bring it to the newest tables."""
    from db.backups import BackupRefused
    from db.backups import restore as restore_from

    settings = read(config)
    url = settings.database.url.reveal()

    async def work() -> None:
        from db.migrate import upgrade

        await restore_from(url, file)
        await upgrade(url)

    try:
        asyncio.run(work())
    except BackupRefused as refused:
        typer.secho(str(refused), fg="red", err=True)
        raise typer.Exit(REFUSED) from None
    typer.secho("Restored. Now check every promise of the shop: storefront doctor", fg="green")

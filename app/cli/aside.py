"""`storefront aside`: what could not be handled and was set aside, so that nothing else waits for it."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read

if TYPE_CHECKING:
    from app.config import Config

SOMETHING = 1  # exit code: something is still set aside

Names = Annotated[list[str] | None, typer.Argument(help="Which ones, such as update:700000023; all without")]


def aside(
    config: ConfigFile = None,
    names: Names = None,
    again: Annotated[bool, typer.Option("--again", help="Have them tried again from the beginning")] = False,
    close: Annotated[bool, typer.Option("--close", help="Note that they were dealt with by hand; needs names")] = False,
) -> None:
    """Show what could not be handled; have it tried again, or close it."""
    if again and close:
        raise typer.BadParameter("--again and --close are two different things")
    if close and not names:
        raise typer.BadParameter("--close needs the names of what was dealt with")
    settings = read(config)
    try:
        left = asyncio.run(_aside(settings, names or [], again=again, close=close))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if left:
        raise typer.Exit(SOMETHING)


async def _aside(config: "Config", names: list[str], *, again: bool, close: bool) -> bool:
    from app.cli.database import opened
    from app.logs import redact
    from shop.clock import SystemClock
    from shop.upkeep import set_aside

    async with opened(config) as database:
        now = SystemClock().now()
        async with database.read() as session:
            found = await set_aside.list_aside(session)
        chosen = names or [one.name for one in found]
        if again:
            count = await database.transact(lambda session: set_aside.try_again(session, chosen, now=now))
            typer.secho(f"✓ {count} will be tried again within minutes, while the shop runs.", fg="green")
            return False
        if close:
            count = await database.transact(lambda session: set_aside.close(session, chosen, now=now))
            typer.secho(f"✓ {count} closed.", fg="green")
            return False
        for one in found:
            if not names or one.name in names:
                typer.secho(f"✗ {one.name}", fg="red", bold=True)
                typer.echo(
                    redact(f"    {one.what}: {' '.join(one.why.split())} (since {one.since:%Y-%m-%d %H:%M} UTC)")
                )
        if found:
            typer.echo("→ Tried again with --again; dealt with by hand: storefront aside NAME --close")
        else:
            typer.secho("✓ Nothing is set aside.", fg="green")
        return bool(found)

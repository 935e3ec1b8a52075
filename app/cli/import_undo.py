"""`storefront import --undo`: what the last list changed is put back, within an hour."""

from typing import TYPE_CHECKING

import typer

from app.cli.printing import say

if TYPE_CHECKING:
    from app.config import Config

REFUSED = 1  # exit code: nothing was put back


async def undo_last(config: "Config", owner: int | None) -> None:
    """Put back the last list (of the seller with this Telegram id), and say what was left as it is."""
    from app.cli.database import opened
    from shop.clock import SystemClock
    from shop.importing import Busy, undoing

    clock = SystemClock()
    async with opened(config) as database:
        try:
            runs = await undoing.undo_last(database, clock, owner_telegram_id=owner)
        except Busy:
            say("Another list is on its way; try again in a minute.", color="red", err=True)
            raise typer.Exit(REFUSED) from None
    if not runs:
        say("There is no list of the last hour to put back.", color="red", err=True)
        raise typer.Exit(REFUSED)
    for run in runs:
        say(f"Put back {run.put_back:,} products and variants of {run.name or 'the last list'}.", color="green")
        if run.kept_count:
            say(f"  {run.kept_count:,} were changed since and are left as they are:", color="yellow", err=True)
        for each in run.kept:
            say(f"    {each['sku']}  {each['name']}: {', '.join(each['fields'])}", err=True)

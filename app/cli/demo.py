"""`storefront demo`: the whole shop on this machine, with a pretend Telegram to walk into."""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read

if TYPE_CHECKING:
    from app.config import Config
    from app.demo.stage import Stage
    from app.stopping import Stopping

FAILED = 1

OPENING = "  Opening the shop; this takes a few seconds."
WELCOME = """
  The shop is open. Visit it in a browser:

      {url}

  You are Ann, a customer; switch to Bob, to Olga and Ivan who sell, or to Oscar who operates.
  Those who sell have it in a browser, too: be Olga (or Nina, who works for her) and send /dashboard. The desk is at

      {desk}

  Nothing leaves this machine: Telegram, the cards, Stripe, PayPal and Crypto Pay are pretend. Ctrl-C closes the shop.
"""


def demo(
    config: ConfigFile = None,
    port: Annotated[
        int | None,
        typer.Option(
            help="Port of the page; 0 takes any free one. Without it: 8400, or the next that is free", min=0, max=65535
        ),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps the shop and its chats; without it each demo is a new one")
    ] = None,
    tour: Annotated[
        bool, typer.Option("--tour", help="Play the whole story here, in the demo's own shop, and check every step")
    ] = False,
) -> None:
    """Open a demo shop with a catalogue, sellers, customers and a past, and print the address to visit.

    A configuration file is not needed; with one, the shop's name, words, shipping and periods are taken from it.
    """
    from app.light import load_lightly

    load_lightly()
    from app import logs
    from app.demo.pretend import SimulatorFailed, free_port

    own = read(config) if config else None
    logs.configure("warning")
    typer.echo(OPENING)
    chosen = 0 if tour else free_port(port)
    if chosen is None:
        typer.secho(f"Port {port or 8400} is taken; storefront demo --port 0 takes any free one.", err=True, fg="red")
        raise typer.Exit(FAILED)
    with ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="storefront-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        try:
            held = asyncio.run(_demo(chosen, folder, None if tour else own, tour=tour))
        except SimulatorFailed as error:
            typer.secho(str(error), err=True, fg="red")
            raise typer.Exit(FAILED) from None
    raise typer.Exit(0 if held else FAILED)


async def _demo(port: int, folder: Path, own: "Config | None", *, tour: bool) -> bool:
    """Play the tour; or stay open until a signal comes, or the shop fails."""
    from app.demo.pretend import pretend_telegram
    from app.stopping import Stopping

    with Stopping() as stopping:
        async with pretend_telegram(port, folder) as process:
            from app.demo.stage import staged  # loads the whole shop, while the pretend Telegram starts

            async with staged(process, folder, own) as stage:
                if tour:
                    return await _tour(stage.url)
                await _stay(stage, stopping)
                return not stage.failed.done()
    return not tour  # given up by a signal


async def _stay(stage: "Stage", stopping: "Stopping") -> None:
    from app.demo.review_photos import show_the_mugs
    from app.demo.stage import let_the_sellers_in

    await let_the_sellers_in(stage.url)
    await show_the_mugs(stage.url)
    stopping.opened()
    typer.echo(WELCOME.format(url=stage.url, desk=stage.desk))
    stage.failed.add_done_callback(lambda _: stopping.asked.set())
    await stopping.asked.wait()
    typer.echo("  Closing the shop.")


async def _tour(url: str) -> bool:
    from app.demo.tour import play

    return await play(url)

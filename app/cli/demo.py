"""`storefront demo`: the whole shop on this machine, with a pretend Telegram to walk into."""

import asyncio
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ConfigFile, read

if TYPE_CHECKING:
    from app.config import Config

FAILED = 1

WELCOME = """
  The shop is open. Visit it in a browser:

      {url}

  You are Ann, a customer; switch to Bob, to Olga and Ivan who sell, or to Oscar who operates.
  Nothing leaves this machine: Telegram, the cards and Stripe are pretend. Ctrl-C closes the shop.
"""


def demo(
    config: ConfigFile = None,
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes any free one", min=0, max=65535)] = 8400,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps the shop and its chats; without it each demo is a new one")
    ] = None,
    tour: Annotated[bool, typer.Option("--tour", help="Play the whole story here and check every step")] = False,
) -> None:
    """Open a demo shop with a catalogue, sellers, customers and a past, and print the address to visit.

    A configuration file is not needed; with one, the shop's name, words, shipping and periods are taken from it.
    """
    from app import logs
    from app.demo.stage import SimulatorFailed
    from app.listening import PortTaken

    own = read(config) if config else None
    logs.configure("warning")
    with ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="storefront-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        try:
            held = asyncio.run(_tour(folder, own) if tour else _demo(port, folder, own))
        except PortTaken as error:
            typer.secho(f"{error}, for example: storefront demo --port 0", err=True, fg="red")
            raise typer.Exit(FAILED) from None
        except SimulatorFailed as error:
            typer.secho(str(error), err=True, fg="red")
            raise typer.Exit(FAILED) from None
    raise typer.Exit(0 if held else FAILED)


async def _demo(port: int, folder: Path, own: "Config | None") -> bool:
    """Stay open until a signal comes, or the shop fails."""
    from app.demo.stage import staged

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with staged(port=port, data=folder, own=own) as stage:
        typer.echo(WELCOME.format(url=stage.url))
        stage.failed.add_done_callback(lambda _: stop.set())
        await stop.wait()
        typer.echo("  Closing the shop.")
        return not stage.failed.done()


async def _tour(folder: Path, own: "Config | None") -> bool:
    from app.demo.stage import staged
    from app.demo.tour import play

    async with staged(port=0, data=folder, own=own) as stage:
        return await play(stage.url)

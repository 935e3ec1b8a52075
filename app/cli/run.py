"""`storefront run`: open the shop."""

import gc
import os
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

import typer

from app.cli.options import CONFIG, ConfigFile, read
from app.cli.trouble import told

FAILED = 1


def run(config: ConfigFile = None) -> None:
    """Open the shop: the bot, the web server and the schedule, until Ctrl-C or SIGTERM."""
    gc.disable()  # what is loaded now stays, so looking through it for garbage is a tenth of the start for nothing
    from app.light import load_lightly

    load_lightly()
    settings = read(config, token=True)

    from telegram.error import InvalidToken

    from app.listening import PortTaken
    from app.serve import serve
    from bot.sending.api import NotTelegram
    from shop.products.currency import ForeignGoods

    try:
        _loop_run(serve(settings))
    except PortTaken as error:
        typer.secho(f"{error}. The setting is web.port.", err=True, fg="red")
        raise typer.Exit(FAILED) from None
    except ForeignGoods as refusal:
        typer.secho(str(refusal), err=True, fg="red")
        raise typer.Exit(FAILED) from None
    except NotTelegram:
        typer.secho(
            "What answers at telegram.api_url is no Bot API server: getMe told of no bot. Is the address right?",
            err=True,
            fg="red",
        )
        raise typer.Exit(FAILED) from None
    except InvalidToken:
        typer.secho(
            "Telegram does not know this token: take it from @BotFather, setting telegram.token.", err=True, fg="red"
        )
        raise typer.Exit(FAILED) from None


def ran_alone(arguments: Sequence[str]) -> bool:
    """Open the shop where the arguments ask for that and name a file at most; False where they say anything else.

    Whoever lets typer read them loads pydantic for one path: 40 ms of every start, and the memory for good.
    """
    match list(arguments):
        case ["run"]:
            file = os.environ.get(CONFIG, "")
        case ["run", "--config" | "-c", file] if file and not file.startswith("-"):
            pass
        case _:
            return False
    try:
        with told():
            run(Path(file) if file else None)
    except typer.Exit as end:
        sys.exit(end.exit_code)
    return True


def _loop_run(main: Coroutine[Any, Any, None]) -> None:
    """On uvloop where there is one: it saves a tenth of a tap."""
    if sys.platform == "win32":
        import asyncio

        asyncio.run(main)
    else:
        import uvloop

        uvloop.run(main)

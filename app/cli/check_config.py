"""`storefront check-config`: every mistake at once, or what the shop would run with."""

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.options import ConfigFile, read, source
from app.cli.printing import say
from app.cli.trouble import reason

if TYPE_CHECKING:
    from app.cli.set_in_chat import InChat
    from app.config import Config

PATIENCE = 5  # seconds for the database


def check_config(config: ConfigFile = None) -> None:
    """Check the configuration; exit code 2 if anything is wrong with it."""
    settings = read(config, token=True)
    typer.secho(f"{source(config)}: the configuration is right.", fg="green")
    for name, value in _facts(settings):
        typer.echo(f"  {name:<10} {value}")
    _tell_set_in_chat(settings)
    for remark in _remarks(settings):
        typer.secho(f"  Note: {remark}", fg="yellow")


def _tell_set_in_chat(config: "Config") -> None:
    """What was set in the chat wins over what was just called right; a database that is not there yet says nothing."""
    from sqlalchemy import make_url

    url = make_url(config.database.url.reveal())
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        return
    try:
        found = asyncio.run(_look(config))
    except Exception as error:  # noqa: BLE001  the configuration is right, whatever the database is about
        typer.secho(f"  Note: what is set in the chat was not read: {reason(error)}.", fg="yellow")
        return
    for line in found.holding:
        say(f"  {'in chat':<10} {line}")
    for line in found.refused:
        say(f"  Note: {line}", color="yellow")


async def _look(config: "Config") -> "InChat":
    from app.cli.set_in_chat import look
    from db.session import Database

    database = Database(config.database.url.reveal())
    try:
        async with asyncio.timeout(PATIENCE):
            return await look(config, database)
    finally:
        await database.close()


def _facts(config: "Config") -> list[tuple[str, str]]:
    from sqlalchemy import make_url

    ways = {
        "cards in the chat": config.telegram.provider_token is not None,
        "Stars": config.payments.stars.enabled,
        "Stripe": config.payments.stripe.secret_key is not None,
        "PayPal": config.payments.paypal.client_secret is not None,
        "Crypto Pay": config.payments.crypto.token is not None,
        "cash": config.payments.cash.enabled,
        "transfer": config.payments.transfer.enabled,
    }
    return [
        ("shop", f"{config.shop.name}, prices in {config.shop.currency}, {len(config.shop.shipping)} ways to ship"),
        ("telegram", f"{config.telegram.mode}, {config.telegram.api_url}"),
        ("database", make_url(config.database.url.reveal()).render_as_string(hide_password=True)),
        ("payments", ", ".join(way for way, on in ways.items() if on) or "none"),
        ("web", f"http://{config.web.host}:{config.web.port}"),
    ]


def _remarks(config: "Config") -> list[str]:
    remarks = []
    if not config.shop.operators:
        remarks.append(
            "shop.operators is empty, so nobody can appoint sellers. @userinfobot tells you your Telegram id."
        )
    if not config.shop.shipping:
        remarks.append("shop.shipping is empty, so physical goods are sent free of charge.")
    provider = config.telegram.provider_token
    if provider is not None and not re.fullmatch(r"\d+:(TEST|LIVE):\S+", provider.reveal()):
        remarks.append("telegram.provider_token does not look like one of @BotFather's: 123456789:LIVE:… or …:TEST:….")
    if not Path(config.shop.media).is_dir():
        remarks.append(
            f"the folder {config.shop.media} of shop.media is not there: pictures named by a path are missing."
        )
    if config.payments.stripe.secret_key is not None and config.payments.stripe.webhook_secret is None:
        remarks.append("payments.stripe.webhook_secret is missing, so paid orders are noticed by the reconciler only.")
    if config.payments.paypal.client_secret is not None and config.payments.paypal.webhook_id is None:
        remarks.append(
            "payments.paypal.webhook_id is missing: who agrees and does not come back waits for the reconciler."
        )
    return remarks

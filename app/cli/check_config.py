"""`storefront check-config`: every mistake at once, or what the shop would run with."""

from typing import TYPE_CHECKING

import typer

from app.cli.options import ConfigFile, read

if TYPE_CHECKING:
    from app.config import Config


def check_config(config: ConfigFile = None) -> None:
    """Check the configuration; exit code 2 if anything is wrong with it."""
    settings = read(config)
    typer.secho("The configuration is right.", fg="green")
    for name, value in _facts(settings):
        typer.echo(f"  {name:<10} {value}")
    for remark in _remarks(settings):
        typer.secho(f"  Note: {remark}", fg="yellow")


def _facts(config: "Config") -> list[tuple[str, str]]:
    from sqlalchemy import make_url

    ways = {
        "cards in the chat": config.telegram.provider_token is not None,
        "Stars": config.payments.stars.enabled,
        "Stripe": config.payments.stripe.secret_key is not None,
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
    if config.telegram.token is None:
        remarks.append("there is no telegram.token, so `storefront run` will refuse to start.")
    if not config.shop.operators:
        remarks.append(
            "shop.operators is empty, so nobody can appoint sellers. @userinfobot tells you your Telegram id."
        )
    if not config.shop.shipping:
        remarks.append("shop.shipping is empty, so physical goods are sent free of charge.")
    if config.payments.stripe.secret_key is not None and config.payments.stripe.webhook_secret is None:
        remarks.append("payments.stripe.webhook_secret is missing, so paid orders are noticed by the reconciler only.")
    return remarks

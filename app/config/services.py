"""Settings of what the shop talks to: Telegram, the database, Redis, the web, the log."""

import re
from datetime import timedelta
from typing import Annotated, Literal

from sqlalchemy.exc import ArgumentError

from app.config.secret import Secret
from app.config.types import FROM_TEXT, Check, Countries, Currency, Duration, HttpUrl, Section, about
from db.session import async_url

SECRET_LENGTH = 32  # characters
SECRET_VARIETY = 8  # different ones; random text of that length has twice as many
DRIVERS = {"sqlite+aiosqlite", "postgresql+asyncpg", "mysql+asyncmy"}


def _database_url(value: Secret) -> Secret:
    try:
        url = async_url(value.reveal())
    except (ArgumentError, ValueError):
        raise ValueError("is not a database address") from None
    if url.drivername not in DRIVERS:
        raise ValueError("names a database or driver that we do not speak")
    if url.drivername == "sqlite+aiosqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("names no file: a shop in memory forgets its orders")
    return Secret(url.render_as_string(hide_password=False))


def _redis_url(value: Secret) -> Secret:
    if not value.reveal().startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("is not a Redis address")
    return value


def _token(value: Secret) -> Secret:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value.reveal()):
        raise ValueError("is not a token as @BotFather gives them")
    return value


def _webhook_secret(value: Secret) -> Secret:
    # Whoever knows it can say that an order was paid, so it must not be guessed.
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.reveal()):
        raise ValueError("has other characters than letters, digits, _ and -, or more than 256")
    if len(value.reveal()) < SECRET_LENGTH or len(set(value.reveal())) < SECRET_VARIETY:
        raise ValueError(f"is too easy to guess: it needs {SECRET_LENGTH} random characters or more")
    return value


class CardProvider(Section, frozen=True):
    """Another payment provider of @BotFather's, for some orders."""

    token: Annotated[Secret | None, about("Its token, from @BotFather → Payments", example="123456:LIVE:…")] = None
    countries: Annotated[
        Countries, about("ISO 3166 codes: orders that go there are paid with it", example=["KZ", "UZ"])
    ] = ()
    currencies: Annotated[
        tuple[Currency, ...], FROM_TEXT, about("ISO 4217 codes: orders in these are paid with it", example=["UZS"])
    ] = ()
    receipt_vat_code: Annotated[
        int | None, about("The bank prints receipts with this code of tax; it asks for an e-mail", ge=1, le=12)
    ] = None


class Telegram(Section, frozen=True):
    """[telegram]."""

    token: Annotated[
        Secret | None,
        Check(_token),
        about("Token of the bot, from @BotFather", example="123456789:AAE…"),
    ] = None
    api_url: Annotated[HttpUrl, about("Another Bot API server, or a pretend one")] = "https://api.telegram.org"
    mode: Annotated[
        Literal["polling", "webhook"],
        about("polling needs no address of our own; webhook is for replicas"),
    ] = "polling"
    webhook_url: Annotated[
        HttpUrl | None,
        about("Where Telegram reaches us in webhook mode", example="https://shop.example/telegram"),
    ] = None
    webhook_secret: Annotated[
        Secret | None,
        Check(_webhook_secret),
        about(
            "A password of your choice that Telegram repeats to the webhook",
            example="forty-random-letters-and-digits-0123456789",
        ),
    ] = None
    provider_token: Annotated[
        Secret | None,
        about("Token of a payment provider, from @BotFather → Payments", example="123456:LIVE:…"),
    ] = None
    receipt_vat_code: Annotated[
        int | None, about("The bank prints receipts with this code of tax; it asks for an e-mail", ge=1, le=12)
    ] = None
    providers: Annotated[
        tuple[CardProvider, ...],
        FROM_TEXT,
        about("Other providers of @BotFather's, for some countries or currencies", example=[{"countries": ["KZ"]}]),
    ] = ()


class Database(Section, frozen=True):
    """[database]."""

    url: Annotated[
        Secret,
        Check(_database_url),
        about(
            "sqlite:///file, postgresql://user:password@host/name, mysql:// or mariadb:// likewise",
            example="sqlite:///storefront.sqlite3",
        ),
    ] = Secret("sqlite+aiosqlite:///storefront.sqlite3")
    pool_size: Annotated[int, about("Connections kept by one process", ge=1, le=200)] = 10


class Redis(Section, frozen=True):
    """[redis]."""

    url: Annotated[
        Secret | None,
        Check(_redis_url),
        about(
            "Where replicas share Telegram's flood limit; one process needs none", example="redis://127.0.0.1:6379/0"
        ),
    ] = None


class Web(Section, frozen=True):
    """[web]: webhooks, health, metrics."""

    host: Annotated[str, about("Address to listen on; 0.0.0.0 in a container")] = "127.0.0.1"
    port: Annotated[int, about("Port to listen on; 0 takes any free one", ge=0, le=65535)] = 8080


class Desk(Section, frozen=True):
    """[desk]: the shop in a browser, for those who sell."""

    url: Annotated[
        HttpUrl | None,
        about("Where browsers reach the desk; with it, there is one", example="https://shop.example/desk"),
    ] = None
    idle: Annotated[Duration, about("After so long without a look somebody is signed out", example="12h")] = timedelta(
        hours=12
    )
    opened: Annotated[
        Duration, about("So long what Telegram says about who opens the desk is believed", example="10m")
    ] = timedelta(minutes=10)
    longest: Annotated[Duration, about("So long a session lasts at most", example="7d")] = timedelta(days=7)
    proxies: Annotated[
        int, about("How many proxies of your own stand before it, whose X-Forwarded-For is believed", ge=0, le=5)
    ] = 0
    frames: Annotated[
        tuple[HttpUrl, ...],
        FROM_TEXT,
        about("Who may show it in a frame: Telegram in a browser", example=["https://web.telegram.org"]),
    ] = ("https://web.telegram.org",)


class Logs(Section, frozen=True):
    """[logs]."""

    level: Annotated[Literal["debug", "info", "warning", "error"], about("The least important event to write")] = "info"
    format: Annotated[
        Literal["auto", "console", "json"],
        about("console for people, json for machines; auto asks the terminal"),
    ] = "auto"

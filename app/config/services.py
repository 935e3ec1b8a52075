"""Settings of what the shop talks to: Telegram, the database, Redis, the web, the log."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, SecretStr
from sqlalchemy.exc import ArgumentError

from app.config.types import HttpUrl, Section, setting
from db.session import async_url

DRIVERS = {"sqlite+aiosqlite", "postgresql+asyncpg", "mysql+asyncmy"}


def _database_url(value: SecretStr) -> SecretStr:
    try:
        url = async_url(value.get_secret_value())
    except (ArgumentError, ValueError):
        raise ValueError("is not a database address") from None
    if url.drivername not in DRIVERS:
        raise ValueError("names a database or driver that we do not speak")
    if url.drivername == "sqlite+aiosqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("names no file: a shop in memory forgets its orders")
    return SecretStr(url.render_as_string(hide_password=False))


def _redis_url(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("is not a Redis address")
    return value


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value.get_secret_value()):
        raise ValueError("is not a token as @BotFather gives them")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("has other characters than letters, digits, _ and -, or more than 256")
    return value


class Telegram(Section):
    """[telegram]."""

    token: Annotated[SecretStr, AfterValidator(_token)] | None = setting(
        None, "Token of the bot, from @BotFather", example="123456789:AAE…"
    )
    api_url: HttpUrl = setting("https://api.telegram.org", "Another Bot API server, or a pretend one")
    mode: Literal["polling", "webhook"] = setting(
        "polling", "polling needs no address of our own; webhook is for replicas"
    )
    webhook_url: HttpUrl | None = setting(
        None, "Where Telegram reaches us in webhook mode", example="https://shop.example/telegram"
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = setting(
        None, "A password of your choice that Telegram repeats to the webhook", example="40-random-letters-and-digits"
    )
    provider_token: SecretStr | None = setting(
        None, "Token of a payment provider, from @BotFather → Payments", example="123456:LIVE:…"
    )


class Database(Section):
    """[database]."""

    url: Annotated[SecretStr, AfterValidator(_database_url)] = setting(
        SecretStr("sqlite:///storefront.sqlite3"),
        "sqlite:///file, postgresql://user:password@host/name, mysql:// or mariadb:// likewise",
        example="sqlite:///storefront.sqlite3",
    )
    pool_size: int = setting(10, "Connections kept by one process", ge=1, le=200)


class Redis(Section):
    """[redis]."""

    url: Annotated[SecretStr, AfterValidator(_redis_url)] | None = setting(
        None, "Where replicas share Telegram's flood limit; one process needs none", example="redis://127.0.0.1:6379/0"
    )


class Web(Section):
    """[web]: webhooks, health, metrics."""

    host: str = setting("127.0.0.1", "Address to listen on; 0.0.0.0 in a container")
    port: int = setting(8080, "Port to listen on; 0 takes any free one", ge=0, le=65535)


class Logs(Section):
    """[logs]."""

    level: Literal["debug", "info", "warning", "error"] = setting("info", "The least important event to write")
    format: Literal["auto", "console", "json"] = setting(
        "auto", "console for people, json for machines; auto asks the terminal"
    )

"""The HTTP side of a shop: what stands behind each address. Loaded only where it is about to be served."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import text
from starlette.applications import Starlette

from app.assemble import Storefront
from app.desk import LateDesk
from app.schedule import Schedule
from db.session import Database
from shop.payments import inbox
from shop.ports import Provider, WebhookProvider
from web.application import Doors, create
from web.telegram import Taken, TelegramDoor


def front(shop: Storefront, schedule: Schedule | None) -> Starlette:
    """The HTTP side; with a schedule, readiness also says whether it ticks."""
    checks = {"database": partial(_database_answers, shop.db)}
    if schedule is not None:
        checks["schedule"] = partial(Schedule.is_ticking, schedule)
    closing = asyncio.Event()
    web = create(
        Doors(
            checks=checks,
            registry=shop.metrics.registry,
            refresh=partial(shop.metrics.refresh, shop.db, shop.clock),
            providers=_callers(shop.providers),
            keep=partial(inbox.receive, shop.db, clock=shop.clock),
            telegram=_telegram_door(shop),
            **_desk(shop, closing),
        )
    )
    web.state.closing = closing
    return web


def _callers(providers: Mapping[str, Provider]) -> dict[str, WebhookProvider]:
    """Providers that call us; one without a secret could not be told from a forger, so it gets no address."""
    callers = ((name, one) for name, one in providers.items() if isinstance(one, WebhookProvider))
    return {name: one for name, one in callers if one.has_webhook}


def _telegram_door(shop: Storefront) -> TelegramDoor | None:
    telegram = shop.config.telegram
    if telegram.mode != "webhook" or telegram.webhook_url is None or telegram.webhook_secret is None:
        return None

    async def take(update: Mapping[str, Any]) -> Taken:
        return Taken(await shop.bot.take(update))

    path = urlsplit(telegram.webhook_url).path or "/"
    return TelegramDoor(path, telegram.webhook_secret.reveal(), take)


def _desk(shop: Storefront, closing: asyncio.Event) -> dict[str, Any]:
    url = shop.config.desk.url
    return {} if url is None else {"desk": LateDesk(shop, url, closing), "desk_path": urlsplit(url).path}


async def _database_answers(db: Database) -> None:
    async with db.read() as session:
        await session.execute(text("SELECT 1"))

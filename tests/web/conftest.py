"""The web application with small stand-ins behind its doors, and a client that calls it in this process."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry, Gauge

from shop.ports import BadWebhook, EventKind, ProviderEvent, WebhookProvider
from web.application import Doors, create
from web.telegram import Taken, TelegramDoor

SECRET = "pretend-webhook-secret"
SIGNED = {"pretend-signature": "genuine"}


class PretendProvider:
    """Takes a delivery as genuine when it carries the right word."""

    name = "pretend"
    has_webhook = True

    async def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent | None:
        if headers.get("pretend-signature") != "genuine":
            raise BadWebhook("not signed by us")
        told = json.loads(body)
        if told["kind"] == "other":
            return None
        return ProviderEvent("pretend", told["id"], EventKind(told["kind"]), told["reference"])

    async def confirm(self, event: ProviderEvent) -> ProviderEvent | None:
        return event


@dataclass
class Behind:
    """What came through the doors, and how what stands behind them behaves."""

    kept: list[ProviderEvent] = field(default_factory=list)
    updates: list[Mapping[str, Any]] = field(default_factory=list)
    answer: Taken = Taken.DONE
    broken: bool = False

    async def keep(self, provider: WebhookProvider, body: bytes, headers: Mapping[str, str]) -> None:
        event = await provider.read_webhook(body, headers)
        if self.broken:
            raise ConnectionError("the database is away, and its password is hunter2")
        if event is not None:
            self.kept.append(event)

    async def take(self, update: Mapping[str, Any]) -> Taken:
        self.updates.append(update)
        return self.answer

    async def database_answers(self) -> None:
        if self.broken:
            raise ConnectionError


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
async def client(behind: Behind) -> AsyncGenerator[httpx.AsyncClient]:
    registry = CollectorRegistry()
    depth = Gauge("storefront_outbox_waiting", "Notifications that wait", registry=registry)

    async def refresh() -> None:
        depth.set(len(behind.kept))

    doors = Doors(
        checks={"database": behind.database_answers},
        registry=registry,
        refresh=refresh,
        providers={"pretend": PretendProvider()},
        keep=behind.keep,
        telegram=TelegramDoor("/telegram", SECRET, behind.take),
    )
    transport = httpx.ASGITransport(create(doors), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as opened:
        yield opened

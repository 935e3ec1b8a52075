"""The HTTP side as one Starlette application; whoever assembles the shop hands in what stands behind each door."""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from msgspec import Struct
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from shop.ports import WebhookProvider
from web import health, metrics, telegram, webhooks
from web.telegram import TelegramDoor

log = structlog.get_logger(__name__)


class Doors(Struct, frozen=True, kw_only=True):
    """What stands behind each address; no Telegram door in polling mode, no provider door without its secret."""

    checks: Mapping[str, health.Check]
    registry: CollectorRegistry
    refresh: Callable[[], Awaitable[None]]
    providers: Mapping[str, WebhookProvider]
    keep: webhooks.Receive
    telegram: TelegramDoor | None = None


def create(doors: Doors) -> Starlette:
    """The application, ready for any ASGI server."""
    routes: list[BaseRoute] = [*health.routes(doors.checks), metrics.route(doors.registry, doors.refresh)]
    if doors.providers:
        routes.append(webhooks.route(doors.providers, doors.keep))
    if doors.telegram is not None:
        routes.append(telegram.route(doors.telegram))
    return Starlette(routes=routes, exception_handlers={Exception: _broken})


async def _broken(request: Request, error: Exception) -> Response:
    """Say nothing about the inside; whoever delivered will deliver again."""
    log.error("request_failed", path=request.url.path, error=type(error).__name__, exc_info=error)
    return PlainTextResponse("Something broke here. Please send it again.", status_code=500)

"""The HTTP side as one Starlette application; whoever assembles the shop hands in what stands behind each door."""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from msgspec import Struct
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

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
    desk: ASGIApp | None = None  # knows its own path
    desk_path: str = ""


class Whole(BaseRoute):
    """Everything under a path, handed on as it came: the desk makes its links from the whole of it."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        self.path = path
        self._app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The path itself, and what is below it."""
        path = scope.get("path", "")
        inside = scope["type"] == "http" and (path == self.path or path.startswith(f"{self.path}/"))
        return (Match.FULL if inside else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        await self._app(scope, receive, send)


def create(doors: Doors) -> Starlette:
    """The application, ready for any ASGI server."""
    routes: list[BaseRoute] = [*health.routes(doors.checks), metrics.route(doors.registry, doors.refresh)]
    if doors.providers:
        routes.append(webhooks.route(doors.providers, doors.keep))
    if doors.telegram is not None:
        routes.append(telegram.route(doors.telegram))
    if doors.desk is not None:
        routes.append(Whole(doors.desk_path, doors.desk))
    return Starlette(routes=routes, exception_handlers={Exception: _broken})


async def _broken(request: Request, error: Exception) -> Response:
    """Say nothing about the inside; whoever delivered will deliver again."""
    log.error("request_failed", path=request.url.path, error=type(error).__name__, exc_info=error)
    return PlainTextResponse("Something broke here. Please send it again.", status_code=500)

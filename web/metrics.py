"""Figures for Prometheus: what the database holds is counted when it asks, what happens is counted as it happens."""

from collections.abc import Awaitable, Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def route(registry: CollectorRegistry, refresh: Callable[[], Awaitable[None]]) -> Route:
    """`/metrics`; `refresh` sets the figures that are looked up, just before they are shown."""

    async def show(_request: Request) -> Response:
        await refresh()
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Route("/metrics", show)

"""Webhooks of payment providers: verified, written to the inbox, committed, and only then acknowledged."""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shop.ports import BadWebhook, WebhookProvider
from web.body import read_body

log = structlog.get_logger(__name__)

# Verifies a delivery and commits it to the inbox; raises BadWebhook when it is not genuine.
Receive = Callable[[WebhookProvider, bytes, Mapping[str, str]], Awaitable[object]]


def route(providers: Mapping[str, WebhookProvider], keep: Receive) -> Route:
    """One address a provider: 200 kept or seen before, 400 not genuine, 404 unknown, 413 too long.

    What goes wrong on our side is a 5xx, because then the provider sends it again.
    """

    async def receive(request: Request) -> Response:
        provider = providers.get(request.path_params["provider"])
        if provider is None:
            raise HTTPException(404)
        body = await read_body(request)
        try:
            await keep(provider, body, {name.lower(): value for name, value in request.headers.items()})
        except BadWebhook as error:
            log.warning("webhook_refused", provider=provider.name, why=str(error))
            return Response(status_code=400)
        return Response(status_code=200)

    return Route("/webhooks/{provider}", receive, methods=["POST"])

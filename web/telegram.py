"""Telegram's webhook: the answer goes out after the update was handled, so that what failed is delivered again."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.body import read_body

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  the header's name


class Taken(StrEnum):
    """How an update was taken."""

    DONE = "done"
    FULL = "full"  # no room now: deliver again
    FAILED = "failed"  # something broke: deliver again


@dataclass(frozen=True, slots=True)
class TelegramDoor:
    """Where Telegram delivers: the path, the secret it repeats, and who takes the update."""

    path: str
    secret: str = field(repr=False)
    take: Callable[[Mapping[str, Any]], Awaitable[Taken]]


def route(door: TelegramDoor) -> Route:
    """The route of the webhook. Raises ValueError when there is no secret: anyone could pretend to be Telegram."""
    if not door.secret:
        raise ValueError("a webhook without a secret would believe anyone")

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), door.secret.encode()):
            raise HTTPException(401)
        update = _update(await read_body(request))
        taken = await door.take(update)
        if taken is Taken.FULL:
            return Response(status_code=503, headers={"retry-after": "1"})
        return Response(status_code=200 if taken is Taken.DONE else 500)

    return Route(door.path, receive, methods=["POST"])


def _update(body: bytes) -> Mapping[str, Any]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400) from error
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise HTTPException(400)
    return update

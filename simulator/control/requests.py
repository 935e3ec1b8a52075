"""Decode control requests and turn refusals into answers."""

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.acts.refusals import CannotDo
from simulator.telegram.errors import BotApiError
from simulator.telegram.wire import Json, JsonObject, as_integer, as_text
from simulator.waiting import NeverHappened

Serve = Callable[[JsonObject], Awaitable[Json]]


def person_of(body: JsonObject) -> int | str:
    """The `person` field: an id or a name; raises CannotDo when it is missing."""
    value = body.get("person")
    if isinstance(value, int):
        return value
    name = as_text(value)
    if not name:
        raise CannotDo("say which person: an id or a name")
    return name


def bot_of(body: JsonObject) -> int | str | None:
    """The `bot` field: an id, a username, a token, or nothing for the only bot."""
    value = body.get("bot")
    return value if isinstance(value, int) else as_text(value) or None


def number_of(body: JsonObject, name: str, default: int = 0) -> int:
    """An integer field."""
    value = as_integer(body.get(name))
    return default if value is None else value


async def _read(request: Request) -> JsonObject:
    values: JsonObject = {**request.query_params, **request.path_params}
    body = await request.body()
    if body:
        decoded = json.loads(body)
        if not isinstance(decoded, dict):
            raise ValueError("expected a JSON object")
        values.update(decoded)
    return values


def route(method: str, path: str, serve: Serve) -> Route:
    """A route whose function takes the merged path, query and body values and returns JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await serve(await _read(request)))
        except CannotDo as refusal:
            return JSONResponse({"error": str(refusal)}, 409)
        except (ValueError, KeyError) as mistake:
            return JSONResponse({"error": str(mistake)}, 400)
        except NeverHappened as late:
            return JSONResponse({"error": str(late)}, 504)
        except BotApiError as refusal:
            return JSONResponse({"error": refusal.description}, 400)

    return Route(path, endpoint, methods=[method])

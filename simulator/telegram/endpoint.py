"""Serve `/bot<token>/<method>` and `/file/bot<token>/<path>` over HTTP."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulator.telegram.bots import Bot
from simulator.telegram.calls import CallRecord
from simulator.telegram.connections import Connections
from simulator.telegram.errors import BotApiError, too_many_requests
from simulator.telegram.faults import Fault
from simulator.telegram.methods import METHODS, Call, Method
from simulator.telegram.parameters import Parameters, read_parameters
from simulator.telegram.wire import JsonObject
from simulator.telegram.world import World

TOKEN = re.compile(r"\d{1,16}:[A-Za-z0-9_-]{3,}")
_NOT_FOUND: JsonObject = {"ok": False, "error_code": 404, "description": "Not Found"}
_UNAUTHORIZED: JsonObject = {"ok": False, "error_code": 401, "description": "Unauthorized"}
_NO_METHOD: JsonObject = {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


def _refuse(fault: Fault | None) -> None:
    if fault and fault.kind == "429":
        raise too_many_requests(fault.retry_after)
    if fault and fault.kind == "500":
        raise BotApiError(500, "Internal Server Error")


class BotApi:
    """The Bot API over one world."""

    def __init__(self, world: World, connections: Connections) -> None:
        self.world = world
        self.connections = connections

    def routes(self) -> list[BaseRoute]:
        """What to mount at the root."""
        return [
            Route("/bot{token}/{method}", self.serve, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download, methods=["GET"]),
        ]

    async def serve(self, request: Request) -> Response:
        """Answer one call over HTTP."""
        token = request.path_params["token"]
        if not TOKEN.fullmatch(token):
            return JSONResponse(_NOT_FOUND, 404)
        if token in self.world.revoked:
            return JSONResponse(_UNAUTHORIZED, 401)
        method = METHODS.get(request.path_params["method"].lower())
        if method is None:
            return JSONResponse(_NO_METHOD, 404)
        bot = self.world.bot(token)
        fault = self.world.faults.take(method.name)
        if fault and fault.kind in {"hang", "close", "slow"}:
            await self._before(fault)
            if fault.kind != "slow":
                self.world.calls.append(CallRecord(bot.id, method.name, {}, self.world.clock.now(), 0, fault.kind))
                return self._drop(request)
        try:
            parameters = await read_parameters(request)
        except BotApiError as error:
            return JSONResponse(error.body(), error.code)
        if method.name == "getUpdates":
            status, body = await self._poll(request, bot, method, parameters, fault)
        else:
            status, body = await self.call(bot, method, parameters, fault)
        if fault and fault.kind == "close_after_commit":
            return self._drop(request)
        return JSONResponse(body, status)

    async def _poll(
        self, request: Request, bot: Bot, method: Method, parameters: Parameters, fault: Fault | None
    ) -> tuple[int, JsonObject]:
        """A call that may wait: it ends when the client goes away, as a killed bot does."""

        async def leave() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                continue
            bot.end_poll("the client went away")

        async with asyncio.TaskGroup() as group:
            watching = group.create_task(leave())
            answer = await self.call(bot, method, parameters, fault)
            watching.cancel()
        return answer

    async def _before(self, fault: Fault) -> None:
        if fault.kind in {"hang", "slow"}:
            await self.world.pause(fault.seconds)

    def _drop(self, request: Request) -> Response:
        self.connections.abort(request)
        return Response(status_code=500)

    async def call(
        self, bot: Bot, method: Method, parameters: Parameters, fault: Fault | None = None
    ) -> tuple[int, JsonObject]:
        """Serve a call and log it; returns the HTTP status and the body."""
        known = method.accepts
        unknown = tuple(name for name in parameters.values if name not in known and not name.startswith("file"))
        record = CallRecord(bot.id, method.name, parameters.shown(), self.world.clock.now(), unknown=unknown)
        self.world.calls.append(record)
        waits = method.name == "getUpdates"
        bot.calls_in_flight += not waits
        try:
            _refuse(fault)
            result = await method.serve(Call(self.world, bot, parameters))
        except BotApiError as error:
            record.status, record.description = error.code, error.description
            return error.code, error.body()
        finally:
            bot.calls_in_flight -= not waits
            if not bot.calls_in_flight:
                self.world.settled.notify()
        record.status = 200
        return 200, {"ok": True, "result": result}

    async def reply(self, token: str, body: JsonObject) -> None:
        """Serve the method call that a webhook put into its answer; errors go unheard, as in Telegram."""
        method = METHODS.get(str(body.get("method")).lower())
        if method:
            values = {name: value for name, value in body.items() if name != "method"}
            await self.call(self.world.bot(token), method, Parameters(values))

    async def download(self, request: Request) -> Response:
        """A file that getFile named."""
        token = request.path_params["token"]
        if not TOKEN.fullmatch(token):
            return JSONResponse(_NOT_FOUND, 404)
        bot_id = int(token.partition(":")[0])
        stored = self.world.files.by_path.get(f"{bot_id}/{request.path_params['path']}")
        if stored is None or stored.content is None:
            return JSONResponse(_NOT_FOUND, 404)
        return Response(stored.content, media_type=stored.mime or "application/octet-stream")

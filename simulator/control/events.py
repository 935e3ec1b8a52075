"""The event log over HTTP: asked for, or as a stream of server-sent events."""

import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from simulator.control.requests import number_of, route
from simulator.stage import Stage
from simulator.telegram.wire import Json, JsonObject

KEEP_ALIVE_SECONDS = 15.0


class Events:
    """What happened, over HTTP."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [route("GET", "/events", self.list), Route("/stream", self.stream, methods=["GET"])]

    async def list(self, body: JsonObject) -> Json:
        """Events after `since`."""
        journal = self.simulator.world.journal
        events = journal.since(number_of(body, "since"))
        return {"events": [event.to_json() for event in events], "last": journal.last}

    async def stream(self, request: Request) -> Response:
        """Events as they happen; `Last-Event-ID` or `since` says from where, by default from now."""
        journal = self.simulator.world.journal
        start = request.headers.get("last-event-id") or request.query_params.get("since") or str(journal.last)
        headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
        since = int(start) if start.isdigit() else journal.last
        return StreamingResponse(self._follow(since), media_type="text/event-stream", headers=headers)

    async def _follow(self, since: int) -> AsyncIterator[str]:
        world = self.simulator.world
        yield ": hello\n\n"
        while not world.closing:
            for event in world.journal.since(since):
                since = event.seq
                yield f"id: {event.seq}\nevent: {event.kind}\ndata: {json.dumps(event.to_json())}\n\n"
            if world.journal.last <= since and not await world.journal.changed.wait(KEEP_ALIVE_SECONDS):
                yield ": still here\n\n"

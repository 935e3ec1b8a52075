"""Tells open pages what has changed, as server-sent events: bounded in number, and over when the person is signed out.

Each event says which orders changed, and nothing of them: the page asks for itself anew, by the rights of that moment.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from shop.desk import sessions
from shop.orders import changes
from shop.orders.changes import Changes
from shop.orders.reading import SEEING
from web.desk.behind import Behind
from web.desk.signing.cookies import cookie_of

EVERY = 2.0  # seconds between two looks
BEATS = 10  # looks after which something is said in any case: whoever is gone is noticed by that
LONGEST = 1800  # looks: an hour, after which the browser comes again by itself
OF_ONE, AT_ONCE = 4, 64  # open pages of one person, and of this process
OVER = "event: over\ndata: \n\n"  # the page stops listening and asks for itself anew
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

Rest = Callable[[], Awaitable[bool]]  # waits for a moment; whether the server is about to close


class Live:
    """The door of the events, and who stands at it."""

    def __init__(self, desk: Behind) -> None:
        self._desk = desk
        self._open = Counter[int]()

    def route(self) -> Route:
        """Where pages listen."""
        return Route(f"{self._desk.path}/live", self._listen, methods=["GET"], name="live")

    async def _listen(self, request: Request) -> Response:
        present = request.scope["desk"].present
        if present is None:  # signed out before the page listened: it goes to the door, as one that was listening
            return Response(OVER, media_type="text/event-stream", headers=_HEADERS)
        if not present.may(*SEEING):
            return Response(status_code=204)  # which ends it: a browser comes again after anything else
        person_id = present.acting.person_id
        if self._is_full(person_id):
            return Response(status_code=204)
        told = self.events(cookie_of(request), person_id, self._rest)
        return StreamingResponse(told, media_type="text/event-stream", headers=_HEADERS)

    def _is_full(self, person_id: int) -> bool:
        return self._open.get(person_id, 0) >= OF_ONE or self._open.total() >= AT_ONCE

    async def _rest(self) -> bool:
        try:
            await asyncio.wait_for(self._desk.closing.wait(), EVERY)
        except TimeoutError:
            return False
        return True

    async def events(self, cookie: str, person_id: int, rest: Rest) -> AsyncGenerator[str]:
        """What is told to one page until it goes, or its person is signed out or may not see orders any more."""
        if self._is_full(person_id):  # of many that came at once
            yield "event: full\ndata: \n\n"
            return
        self._open[person_id] += 1
        try:
            yield "retry: 5000\n\n"
            seen = Changes()
            for n in range(LONGEST):
                desk, now = self._desk, self._desk.now()
                operators = desk.policy().operators
                present = await sessions.watch(desk.db, cookie, operators=operators, now=now)
                if present is None or not present.may(*SEEING):
                    yield OVER
                    return
                async with desk.db.read() as session:
                    seen = await changes.look(session, present.acting, seen, now=now)
                if seen.ids:
                    yield f"event: orders\ndata: {','.join(map(str, seen.ids))}\n\n"
                elif n % BEATS == 0:
                    yield ": here\n\n"
                if await rest():
                    return
        finally:
            self._open[person_id] -= 1
            if not self._open[person_id]:
                del self._open[person_id]

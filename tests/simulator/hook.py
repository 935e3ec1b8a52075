"""A webhook endpoint of a test: notes what arrives, answers as told."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from simulator.telegram.wire import JsonObject


@dataclass
class Hook:
    """What came (`posts`) and how to answer: `statuses` are used up first, then 200."""

    url: str = ""
    posts: list[JsonObject] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    answers: list[JsonObject] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    retry_after: str = ""
    busy: int = 0
    most_busy: int = 0
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one post; a text named in `gates` waits until its gate opens."""
        update = await request.json()
        self.posts.append(update)
        self.headers.append(dict(request.headers))
        self._came.set()
        gate = self.gates.get(update.get("message", {}).get("text", ""))
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        if gate:
            await gate.wait()
        self.busy -= 1
        if self.statuses:
            headers = {"Retry-After": self.retry_after} if self.retry_after else {}
            return web.Response(status=self.statuses.pop(0), headers=headers)
        return web.json_response(self.answers.pop(0)) if self.answers else web.Response()

    async def received(self, count: int) -> list[JsonObject]:
        """The posts, once there are so many."""
        async with asyncio.timeout(5):
            while len(self.posts) < count:
                self._came.clear()
                await self._came.wait()
        return self.posts

    def texts(self) -> list[str]:
        """The texts of the messages that came."""
        return [post["message"]["text"] for post in self.posts if "message" in post]  # type: ignore[call-overload, index, misc]  # JSON


@asynccontextmanager
async def listening() -> AsyncGenerator[Hook]:
    """A hook on a free port."""
    hook = Hook()
    application = web.Application()
    application.router.add_post("/hook", hook.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield hook
    finally:
        for gate in hook.gates.values():
            gate.set()
        await runner.cleanup()

"""A pretend provider in a thread of its own: what it remembers goes on when the shop that asked it was killed."""

import asyncio
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from simulator.listening import Listening

T = TypeVar("T")
PATIENCE = 30  # seconds


class Served:
    """Its routes under `/name` on a free port, while the block of `serving` runs."""

    def __init__(self, name: str, routes: Sequence[BaseRoute]) -> None:
        self.url = ""
        self._name = name
        self._routes = routes
        self._started = threading.Event()

    @contextmanager
    def serving(self) -> Generator[None]:
        """Answer while the block runs; the shops of the block die without it."""
        thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name=f"pretend-{self._name}")
        thread.start()
        assert self._started.wait(PATIENCE)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._server.stop)
            thread.join()

    def between_requests(self, work: Callable[[], T]) -> T:
        """Do this where no request is half answered."""

        async def now() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(now(), self._loop).result(PATIENCE)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        app = Starlette(routes=[Mount(f"/{self._name}", routes=list(self._routes))])
        self._server = Listening(uvicorn.Config(app, port=0, log_level="warning"))
        async with asyncio.TaskGroup() as group:
            group.create_task(self._server.serve())
            await self._server.ready.wait()
            self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}/{self._name}"
            self.is_open()
            self._started.set()

    def is_open(self) -> None:
        """It has its address; nobody has asked it yet."""


class Remembering(Served):
    """One whose memory is copied and put back between requests."""

    def __init__(self, name: str, routes: Sequence[BaseRoute]) -> None:
        super().__init__(name, routes)
        self._kept: dict[str, dict[str, Any]] = {}

    def keep(self, name: str) -> None:
        """Copy everything."""
        self._kept[name] = self.between_requests(lambda: deepcopy(self.memory()))

    def restore(self, name: str) -> None:
        """Put a copy back."""
        kept = deepcopy(self._kept[name])
        self.between_requests(lambda: self.remember(kept))

    def looks(self) -> str:
        """All that it knows."""
        return self.between_requests(lambda: repr(self.memory()))

    def memory(self) -> dict[str, Any]:
        """All that it knows, as it is."""
        raise NotImplementedError

    def remember(self, memory: dict[str, Any]) -> None:
        """Know this instead."""
        raise NotImplementedError

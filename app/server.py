"""Uvicorn as part of a program: it leaves signals to us, and says when it listens."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from app.connections import Limits, protocol

DEFAULT_LIMITS = Limits()


class Server(uvicorn.Server):
    """Serves one application until `should_exit`; requests in hand have `patience` seconds to end."""

    def __init__(
        self, web: Starlette, listens: asyncio.Event, *, patience: int, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        super().__init__(
            uvicorn.Config(
                web,
                http=protocol(limits),
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=patience,
                proxy_headers=False,
            )
        )
        self._listens = listens
        self._web = web

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The signals belong to app.serve, which stops everything in order."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Have answers that go on and on end first, or everybody would wait for them."""
        closing = getattr(self._web.state, "closing", None)
        if closing is not None:
            closing.set()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when it listens."""
        await super().startup(sockets)
        self._listens.set()

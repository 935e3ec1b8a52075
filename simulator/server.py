"""The pretend Telegram as a server: the stage over HTTP on a free port."""

import asyncio
import socket
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from simulator.app import build_app
from simulator.cast import DEFAULT_CAST
from simulator.clock import Clock
from simulator.listening import Listening
from simulator.months import passing
from simulator.saving import load, saving
from simulator.stage import Stage


class Simulator(Stage):
    """`async with Simulator() as simulator:` starts it; `url`, `bot_api_url` and `file_api_url` say where."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        people: Path = DEFAULT_CAST,
        clock: Clock | None = None,
        state: Path | None = None,
    ) -> None:
        super().__init__(people=people, clock=clock)
        if state and state.exists():
            load(self.world, state)
        self._state = state
        self._address = (host, port)
        self._stack = AsyncExitStack()
        self._server: Listening | None = None
        self._serving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        listener = socket.create_server(self._address, backlog=1024)
        host, port = listener.getsockname()[:2]
        self.world.url = f"http://{host}:{port}"
        self.paypal.account.notary.url = self.paypal_url
        config = uvicorn.Config(
            build_app(self),
            log_level="warning",
            access_log=False,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=75,  # as the hosted service: a client that reuses a connection must not find it cut
        )
        self._server = Listening(config)
        self.connections.open = self._server.server_state.connections
        await self._stack.enter_async_context(self.stripe.delivering())
        await self._stack.enter_async_context(self.paypal.delivering())
        await self._stack.enter_async_context(self.crypto.delivering())
        await self._stack.enter_async_context(passing(self.world))
        if self._state:
            await self._stack.enter_async_context(saving(self.world, self._state))
        self._serving = asyncio.create_task(self._server.serve([listener]))  # noqa: TID251  awaited on exit
        await self._server.ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.world.close()
        if self._server and self._serving:
            self._server.stop()
            await self._serving
        await self._stack.aclose()

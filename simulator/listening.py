"""An HTTP server inside a running program: it leaves signals alone, says when it listens, and stops at once."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

TICK_SECONDS = 1.0


class Listening(uvicorn.Server):
    """Uvicorn without its pauses: its own end takes two tenths of a second, too long for thousands of tests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._end = asyncio.Event()

    def stop(self) -> None:
        """Stop serving; open connections are cut."""
        self.should_exit = True
        self._end.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        # Tick 0 is the one that renews the Date header.
        while not await self.on_tick(0):
            try:
                await asyncio.wait_for(self._end.wait(), TICK_SECONDS)
            except TimeoutError:
                continue

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        tasks = list(self.server_state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=0.5)
        for connection in list(self.server_state.connections):
            transport: asyncio.Transport | None = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

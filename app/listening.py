"""The web server inside our loop: a bound socket first, so that a taken port is said before anything else happens."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette


class PortTaken(OSError):  # noqa: N818  it reads as a claim
    """Somebody else listens there already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"port {port} of {host} is taken: stop what listens there, or choose another port")


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises PortTaken."""
    try:
        return socket.create_server((host, port), backlog=1024, reuse_port=False)
    except OSError as error:
        raise PortTaken(host, port) from error


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals to us and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The signals belong to app.serve, which stops everything in order."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when it listens."""
        await super().startup(sockets)
        self.listens.set()


@asynccontextmanager
async def listening(web: Starlette, bound: socket.socket, *, patience: int = 20) -> AsyncGenerator[str]:
    """Serve while the block runs, then take no more and let requests in hand end; the address, without a path."""
    config = uvicorn.Config(
        web,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=patience,
        proxy_headers=False,
    )
    server = _Server(config)
    host, port = bound.getsockname()[:2]
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve([bound]))
        await server.listens.wait()
        try:
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True

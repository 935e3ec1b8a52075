"""The web server inside our loop: a bound socket first, so that a taken port is said before anything else happens."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from app.connections import Limits
    from app.server import Server


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


@asynccontextmanager
async def listening(
    make: "Callable[[], Starlette]",
    bound: socket.socket,
    *,
    after: float = 0.0,
    patience: int = 20,
    limits: "Limits | None" = None,
) -> AsyncGenerator[str]:
    """Serve while the block runs, then take no more and let requests in hand end; the address, without a path.

    `after` so many seconds: until then who connects waits in the socket. `patience` in seconds, with requests in hand.
    `limits` on connections, where they are not the usual ones.
    """
    listens = asyncio.Event()
    server: Server | None = None

    async def serve() -> None:
        nonlocal server
        await asyncio.sleep(after)
        from app.server import DEFAULT_LIMITS, Server  # noqa: PLC0415  uvicorn takes long to load

        server = Server(make(), listens, patience=patience, limits=limits or DEFAULT_LIMITS)
        await server.serve([bound])

    host, port = bound.getsockname()[:2]
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(serve())
        if not after:
            await listens.wait()
        try:
            yield f"http://{host}:{port}"
        finally:
            if server is None:
                serving.cancel()
            else:
                server.should_exit = True

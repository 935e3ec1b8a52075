"""Cut a client's connection without an answer, as a network does."""

from collections.abc import Collection
from typing import Protocol

from starlette.requests import Request


class _Transport(Protocol):
    def abort(self) -> None:
        """Close at once."""


class Connections:
    """The open connections of the HTTP server, found by the client's address."""

    def __init__(self) -> None:
        self.open: Collection[object] = ()

    def abort(self, request: Request) -> None:
        """Cut the connection a request came over."""
        if request.client is None:
            return
        address = (request.client.host, request.client.port)
        for protocol in list(self.open):
            transport: _Transport | None = getattr(protocol, "transport", None)
            if transport is not None and getattr(protocol, "client", None) == address:
                transport.abort()

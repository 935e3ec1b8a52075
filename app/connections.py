"""HTTP connections that strangers cannot pile up: so many at most, and each must say what it wants in time.

Uvicorn itself waits for ever for a request that is never finished.
"""

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec import Struct
from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    # the same methods as the one in C, and typed
    from uvicorn.protocols.http.h11_impl import H11Protocol as Protocol
    from uvicorn.protocols.http.h11_impl import RequestResponseCycle
else:
    Protocol = AutoHTTPProtocol

FULL = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Limits(Struct, frozen=True):
    """`connections` at once; `patience` in seconds until a request's last header, and after its answer for the rest."""

    connections: int = 400
    patience: float = 10.0


def protocol(limits: Limits) -> type[asyncio.Protocol]:
    """What uvicorn serves each connection with."""
    return type("LimitedConnection", (Connection,), {"limits": limits})


class Connection(Protocol):
    """One connection. Over the limit, whoever has said nothing for longest makes room."""

    limits: ClassVar[Limits]
    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        """Let it in, or ask it to come again."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections and not self._make_room():
            transport.write(FULL)
            transport.close()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A part of a request, or of what belongs to none."""
        super().data_received(data)
        if self.is_idle() and self.deadline is None and not self.transport.is_closing():
            self._wait()

    def on_response_complete(self) -> None:
        """Uvicorn's own deadline counts until the next request begins."""
        self._stop_waiting()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def is_idle(self) -> bool:
        """Whether no request of it is being answered."""
        cycle: RequestResponseCycle | None = self.cycle  # uvicorn's None before the first one is not in its types
        return cycle is None or cycle.response_complete

    def _wait(self) -> None:
        self.deadline = self.loop.call_later(self.limits.patience, self._time_is_up)

    def _stop_waiting(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _time_is_up(self) -> None:
        self.deadline = None
        if self.is_idle():
            self.transport.abort()

    def _make_room(self) -> bool:
        others = [one for one in self.connections if isinstance(one, Connection) and one is not self]
        idle = [one for one in others if one.is_idle() and one.deadline is not None]
        if not idle:
            return False
        min(idle, key=lambda one: cast("asyncio.TimerHandle", one.deadline).when()).transport.abort()
        return True

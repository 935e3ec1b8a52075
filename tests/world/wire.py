"""The wire between a shop and its database server, which a test can cut and mend."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import URL

from db.session import async_url

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
PORTS = {"postgresql": 5432, "mysql": 3306}


class Wire:
    """Passes bytes on between whoever connects to `url` and the real server."""

    def __init__(self, server: URL) -> None:
        self._server = server
        self._whole = True
        self._open: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._last_words: bytes | None = None
        self.url = ""

    def cut(self) -> None:
        """The server is away: what is open breaks, what is new is hung up on."""
        self._whole = False
        self._flowing.set()
        for writer in self._open:
            writer.transport.abort()

    def cut_before(self, words: bytes) -> None:
        """Cut it instead of passing these words on to the server."""
        self._last_words = words

    def stall(self) -> None:
        """The server is not heard any more, and nobody hangs up."""
        self._flowing.clear()

    def mend(self) -> None:
        """It is back."""
        self._whole = True
        self._flowing.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either end hangs up."""
        if not self._whole:
            writer.transport.abort()
            return
        there_reader, there_writer = await self._dial()
        self._open |= {writer, there_writer}
        try:
            await asyncio.gather(self._pass_on(reader, there_writer), self._pass_on(there_reader, writer))
        finally:
            self._open -= {writer, there_writer}
            for end in (writer, there_writer):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(2**16):
                await self._flowing.wait()
                if self._last_words is not None and self._last_words in piece:
                    self._last_words = None
                    self.cut()
                    return
                writer.write(piece)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()

    async def _dial(self) -> Streams:
        """A throwaway PostgreSQL listens on a socket in a folder."""
        folder = self._server.query.get("host")
        if isinstance(folder, str) and not self._server.host:
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        port = self._server.port or PORTS[self._server.get_backend_name()]
        return await asyncio.open_connection(self._server.host, port)


@asynccontextmanager
async def wire_to(database_url: str) -> AsyncGenerator[Wire]:
    """A wire on a free port."""
    server = async_url(database_url)
    wire = Wire(server)
    listener = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    here = server.set(host="127.0.0.1", port=port).difference_update_query(["host"])
    wire.url = here.render_as_string(hide_password=False)
    async with listener:
        yield wire
        wire.cut()

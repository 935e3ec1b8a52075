"""A tiny load balancer: each request to the next replica in turn; what is down is passed over, as proxies do."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

Address = tuple[str, int]
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Balancer:
    """Spreads requests over `backends` and counts what each answered."""

    def __init__(self) -> None:
        self.backends: list[Address] = []
        self.url = ""
        self.statuses: Counter[int] = Counter()
        self.served: Counter[Address] = Counter()
        self._turn = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one connection on both sides."""
        try:
            answer = await self._pass_on(await _whole(reader))
            self.statuses[int(answer.split(b" ", 2)[1])] += 1
            writer.write(answer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            return  # whoever asked is gone
        finally:
            await _hang_up(writer)

    async def _pass_on(self, request: bytes) -> bytes:
        for _ in range(len(self.backends)):
            backend = self.backends[self._turn % len(self.backends)]
            self._turn += 1
            try:
                reader, writer = await asyncio.open_connection(*backend)
            except OSError:
                continue  # not asked yet: another may be
            try:
                writer.write(request)
                answer = await reader.read(-1)
            except OSError:
                answer = b""
            finally:
                await _hang_up(writer)
            if answer:
                self.served[backend] += 1
            return answer or BAD_GATEWAY
        return BAD_GATEWAY


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _whole(reader: asyncio.StreamReader) -> bytes:
    """The request with its body, asking the replica to close the connection after its answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).removesuffix(b"\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    return b"\r\n".join(lines) + b"Connection: close\r\n\r\n" + await reader.readexactly(length)


@asynccontextmanager
async def balancing() -> AsyncGenerator[Balancer]:
    """A balancer on a free port."""
    balancer = Balancer()
    server = await asyncio.start_server(balancer.serve, "127.0.0.1", 0, backlog=1024)
    host, port = server.sockets[0].getsockname()[:2]
    balancer.url = f"http://{host}:{port}"
    async with server:
        yield balancer

"""Requests that never end: bounded in number and in time, and nobody else waits for them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.connections import Limits
from app.listening import bind, listening
from web.body import read_body

BEGUN = b"POST /read HTTP/1.1\r\nhost: shop.test\r\ncontent-length: 100\r\n\r\n{"
HEADERS = b"POST /read HTTP/1.1\r\nhost: shop.test\r\nx-slow: "
SHORT = 0.2  # seconds


async def _read(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await read_body(request, patience=SHORT))))


async def _here(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


@asynccontextmanager
async def _served(limits: Limits) -> AsyncGenerator[str]:
    web = Starlette(routes=[Route("/", _here), Route("/read", _read, methods=["POST"])])
    with bind("127.0.0.1", 0) as bound:
        async with asyncio.timeout(30), listening(lambda: web, bound, limits=limits) as address:
            yield address


async def _send(address: str, written: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(written)
    await writer.drain()
    return reader, writer


async def _all_of_it(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def test_a_body_that_never_ends_is_answered_and_its_connection_closed() -> None:
    async with _served(Limits()) as address:
        reader, writer = await _send(address, BEGUN)

        assert (await _all_of_it(reader)).startswith(b"HTTP/1.1 408 ")
        writer.close()


@pytest.mark.parametrize("written", [b"", HEADERS, b"GET / HTTP/1.1\r\nhost: shop.test\r\n\r\n" + HEADERS])
async def test_a_request_that_is_never_finished_is_cut(written: bytes) -> None:
    async with _served(Limits(patience=SHORT)) as address:
        reader, writer = await _send(address, written)

        assert b"408" not in await _all_of_it(reader)
        writer.close()


async def test_who_keeps_a_connection_and_uses_it_is_not_cut() -> None:
    async with _served(Limits(patience=SHORT)) as address, httpx.AsyncClient(base_url=address) as client:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while loop.time() - begun < 2 * SHORT:
            assert (await client.get("/")).text == "here"


async def test_many_who_say_nothing_make_room_for_one_who_does() -> None:
    async with _served(Limits(connections=20, patience=3600)) as address:
        silent = [await _send(address, HEADERS) for _ in range(60)]
        async with httpx.AsyncClient(base_url=address) as client:
            assert (await client.get("/")).text == "here"
        assert await _all_of_it(silent[0][0]) == b""
        for _, writer in silent:
            writer.close()


async def test_with_everybody_at_work_one_more_is_asked_to_come_again() -> None:
    async with _served(Limits(connections=5, patience=3600)) as address:
        busy = [await _send(address, BEGUN) for _ in range(5)]
        refused, writer = await _send(address, b"GET / HTTP/1.1\r\nhost: shop.test\r\n\r\n")

        assert (await _all_of_it(refused)).startswith(b"HTTP/1.1 503 ")
        for _, one in [*busy, (refused, writer)]:
            one.close()


async def test_a_hundred_who_hang_up_leave_no_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with _served(Limits()) as address:
        for _ in range(100):
            _, writer = await _send(address, BEGUN)
            writer.close()
        async with httpx.AsyncClient(base_url=address) as client:
            assert (await client.get("/")).text == "here"

    assert [record.getMessage() for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []

"""HTTP to Telegram: what is known about a failure is said, and the token never is."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram import InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.sending.api import ShopBot, pause
from bot.sending.request import AiohttpRequest, ConnectionBroke, NotSent

TOKEN = "4242:very-pretend-token"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def a_bot(answer: Answer, *, timeouts: Mapping[str, Any] | None = None) -> AsyncGenerator[ShopBot]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    bot = ShopBot(TOKEN, api_url=str(server.make_url("")))
    if timeouts is not None:
        bot._request = (AiohttpRequest(connections=1, **timeouts), AiohttpRequest(connections=1, **timeouts))
    for request in bot._request:
        await request.initialize()
    try:
        yield bot
    finally:
        for request in bot._request:
            await request.shutdown()
        await server.close()


def says(status: int, **body: object) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"ok": status == 200, **body}, status=status)

    return answer


async def test_values_travel_as_telegram_reads_them() -> None:
    seen: list[dict[str, object]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(await request.json())
        return web.json_response({"ok": True, "result": {"message_id": 5}})

    async with a_bot(answer) as bot:
        result = await bot.call("sendMessage", {"chat_id": 1, "text": "Zürich ☕", "flag": True, "nothing": None})

    assert result == {"message_id": 5}
    assert seen == [{"chat_id": 1, "text": "Zürich ☕", "flag": True}]


async def test_files_are_uploaded() -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        async for part in await request.multipart():
            seen[getattr(part, "name", "") or ""] = await part.read()  # type: ignore[union-attr]  # no nested parts here
        return web.json_response({"ok": True, "result": True})

    async with a_bot(answer) as bot:
        picture = InputFile(b"bytes of a picture", filename="tea.png", attach=True)
        await bot.call("sendPhoto", {"chat_id": 1, "photo": picture})

    assert b"bytes of a picture" in seen.values()
    assert seen["photo"] == f"attach://{picture.attach_name}".encode()


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"description": "Bad Request: chat not found"}, BadRequest),
        (403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden),
        (502, {"description": "Bad Gateway"}, NetworkError),
    ],
)
async def test_telegrams_refusals_are_told_apart(status: int, body: dict[str, object], error: type[Exception]) -> None:
    async with a_bot(says(status, **body)) as bot:
        with pytest.raises(error):
            await bot.call("sendMessage", {})


async def test_a_flood_limit_says_how_long() -> None:
    async with a_bot(says(429, description="Too Many Requests", parameters={"retry_after": 7})) as bot:
        with pytest.raises(RetryAfter) as caught:
            await bot.call("sendMessage", {})

    assert pause(caught.value) == 7


async def test_a_refused_connection_was_not_sent() -> None:
    bot = ShopBot(TOKEN, api_url=f"http://127.0.0.1:{unused_port()}")

    with pytest.raises(NotSent) as caught:
        await bot.initialize()

    assert TOKEN not in repr(caught.value)
    assert caught.value.__cause__ is None
    await bot.shutdown()


async def test_a_pool_without_a_free_connection_was_not_sent() -> None:
    go_on = asyncio.Event()

    async def wait(_request: web.Request) -> web.Response:
        await go_on.wait()
        return web.json_response({"ok": True, "result": True})

    async with a_bot(wait, timeouts={"pool_timeout": 0.02, "connect_timeout": 0.02}) as bot:
        first = asyncio.gather(bot.call("sendMessage", {}))
        await asyncio.sleep(0)
        with pytest.raises(NotSent):
            await bot.call("sendMessage", {})
        go_on.set()
        await first


async def test_no_answer_in_time_may_have_happened() -> None:
    go_on = asyncio.Event()

    async def wait(_request: web.Request) -> web.Response:
        await go_on.wait()
        return web.json_response({})

    async with a_bot(wait, timeouts={"read_timeout": 0.02}) as bot:
        with pytest.raises(TimedOut):
            await bot.call("sendMessage", {})
        go_on.set()


async def test_a_dropped_connection_may_have_happened_and_is_told_apart() -> None:
    async def drop(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with a_bot(drop) as bot:
        with pytest.raises(ConnectionBroke) as caught:
            await bot.call("sendMessage", {})

    assert not isinstance(caught.value, TimedOut | NotSent)
    assert TOKEN not in repr(caught.value)


async def test_an_answer_with_broken_text_is_still_an_answer() -> None:
    async def broken(_request: web.Request) -> web.Response:
        return web.Response(body=b'{"ok": true, "result": {"text": "\xff"}}', content_type="application/json")

    async with a_bot(broken) as bot:
        assert await bot.call("sendMessage", {}) == {"text": "\ufffd"}

"""A bare caller of the Bot API and a picture, for tests of the pretend Telegram."""

import io
import json
import struct
import zlib
from dataclasses import dataclass

import aiohttp

from simulator.server import Simulator
from simulator.telegram.wire import Json, JsonObject

TOKEN = "4242:pretend-token"
ANN, BOB = 1001, 1002
PROVIDER = "284685063:TEST:pretend"


def png(width: int = 4, height: int = 3, shade: int = 120) -> bytes:
    """A grey picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@dataclass
class Api:
    """Calls methods as a bot's library does; `refused` returns (code, description)."""

    session: aiohttp.ClientSession
    simulator: Simulator
    token: str = TOKEN

    async def post(self, method: str, **parameters: Json) -> tuple[int, JsonObject]:
        """Status and body of a JSON call."""
        url = f"{self.simulator.bot_api_url}{self.token}/{method}"
        async with self.session.post(url, json=parameters) as response:
            body: JsonObject = await response.json()
            return response.status, body

    async def ask(self, method: str, **parameters: Json) -> Json:
        """The result of a call that must succeed."""
        status, body = await self.post(method, **parameters)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def make(self, method: str, **parameters: Json) -> JsonObject:
        """The result of a call that returns an object."""
        result = await self.ask(method, **parameters)
        assert isinstance(result, dict)
        return result

    async def refused(self, method: str, **parameters: Json) -> tuple[int, str]:
        """Code and words of a call that must fail."""
        status, body = await self.post(method, **parameters)
        assert body["ok"] is False
        assert body["error_code"] == status
        return status, str(body["description"])

    async def upload(self, method: str, content: bytes, field: str = "photo", **parameters: Json) -> Json:
        """The result of a multipart call with one file."""
        form = aiohttp.FormData()
        for name, value in parameters.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        form.add_field(field, io.BytesIO(content), filename="picture.png", content_type="image/png")
        async with self.session.post(f"{self.simulator.bot_api_url}{self.token}/{method}", data=form) as response:
            body: JsonObject = await response.json()
            return body.get("result", body.get("description"))

    async def updates(self, offset: int = 0, **parameters: Json) -> list[JsonObject]:
        """One getUpdates call that does not wait."""
        result = await self.ask("getUpdates", offset=offset, **parameters)
        assert isinstance(result, list)
        return result


def invoice(**changes: Json) -> JsonObject:
    """The parameters of an invoice for 5 euros in Ann's chat, with some of them changed."""
    likely: JsonObject = {
        "chat_id": ANN,
        "title": "Green tea",
        "description": "100 g",
        "payload": "order-1",
        "provider_token": PROVIDER,
        "currency": "EUR",
        "prices": [{"label": "Tea", "amount": 500}],
        "start_parameter": "order-1",
    }
    return {**likely, **changes}

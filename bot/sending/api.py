"""python-telegram-bot's Bot, with a short way for the calls that every tap makes."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Protocol, cast

import telegram
from msgspec import Struct
from msgspec.json import Decoder
from telegram.error import BadRequest, RetryAfter
from telegram.request import BaseRequest

from bot.sending.markup import encode
from bot.sending.request import AiohttpRequest

LONGEST_POLL = 50  # seconds, Bot API

_FILES = (telegram.InputFile, telegram.InputMedia)


class _Answer(Struct):
    """An answer to a call that went well; whatever else comes is for python-telegram-bot to judge."""

    ok: bool
    result: Any


_read = Decoder(_Answer).decode


class NotTelegram(Exception):  # noqa: N818  it reads as a claim
    """Whatever answers at the address of the Bot API does not speak it."""


class Caller(Protocol):
    """Whoever can call a method of the Bot API."""

    async def call(self, method: str, data: Mapping[str, Any]) -> Any:
        """Call it with plain values; the plain result. Raises the errors of telegram.error."""
        ...


class ShopBot(telegram.Bot):
    """Talks to Telegram; everything of telegram.Bot works, and `call` costs a fifth of it."""

    def __init__(self, token: str, *, api_url: str = "https://api.telegram.org", connections: int = 100) -> None:
        """`api_url` is another Bot API server's address, without a path."""
        root = api_url.rstrip("/")
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=AiohttpRequest(connections=connections),
            get_updates_request=AiohttpRequest(connections=1),
        )

    async def call(self, method: str, data: Mapping[str, Any]) -> Any:
        """Call a method by its Bot API name with plain values; the plain result, with no object built from it.

        Raises the errors of telegram.error.
        """
        if any(isinstance(value, _FILES) for value in data.values()):
            return await self._do_post(method, dict(data))
        body = encode({name: value for name, value in data.items() if value is not None})
        client = cast("AiohttpRequest", self.request)
        status, payload = await client.post_json(f"{self.base_url}/{method}", body)
        if status == HTTPStatus.OK:
            with suppress(ValueError):  # whatever cannot be read is judged below, text that is not UTF-8 too
                answer = _read(payload)
                if answer.ok:
                    return answer.result
        return await _Answered(status, payload).post(method)

    async def fetch_updates(
        self, *, offset: int | None, wait: int, allowed: tuple[str, ...], limit: int = 100
    ) -> list[dict[str, Any]]:
        """The next updates as they came, after at most `wait` seconds; `offset` confirms those before it."""
        data = {"offset": offset, "timeout": min(wait, LONGEST_POLL), "limit": limit, "allowed_updates": list(allowed)}
        result: Any = await self._do_post("getUpdates", data, read_timeout=wait + 10)
        return list(result)


class _Answered(BaseRequest):
    """An answer that is there already: what it means is for python-telegram-bot to say, errors above all."""

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = status, payload

    @property
    def read_timeout(self) -> None:
        """Nothing is waited for."""

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_given: object, **_named: object) -> tuple[int, bytes]:
        """The answer."""
        return self._answer


def is_unchanged(error: BadRequest) -> bool:
    """The message already shows what it should."""
    return "message is not modified" in error.message.lower()


def pause(error: RetryAfter) -> float:
    """Seconds that Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_gone(error: BadRequest) -> bool:
    """The message cannot be edited into this: deleted, too old, or of another kind than it was thought to be."""
    said = error.message.lower()
    return any(
        part in said
        for part in (
            "message to edit not found",
            "message can't be edited",
            "message_id_invalid",
            "there is no text in the message to edit",
            "there is no caption in the message to edit",
            "there is no media in the message to edit",
        )
    )

"""A tap is answered once, and soon, whatever the handler does."""

import asyncio
from collections.abc import Mapping
from typing import Any

from telegram.error import BadRequest

from bot.sending.answer import Answer
from bot.sending.reply import Toast


class Recording:
    """Remembers what it was to send."""

    def __init__(self, error: Exception | None = None) -> None:
        self.sent: list[dict[str, Any]] = []
        self._error = error
        self.called = asyncio.Event()

    async def call(self, method: str, data: Mapping[str, Any]) -> Any:
        self.sent.append(dict(data))
        self.called.set()
        if self._error is not None:
            raise self._error


async def test_the_words_go_with_the_answer() -> None:
    bot = Recording()
    answer = Answer(bot, "7")

    late = answer.begin(Toast("Sold out", alert=True))
    await answer.finish()

    assert late is None
    assert bot.sent == [{"callback_query_id": "7", "text": "Sold out", "show_alert": True}]


async def test_a_slow_handler_does_not_keep_the_spinner_turning() -> None:
    bot = Recording()
    answer = Answer(bot, "7", patience=0.0)

    await bot.called.wait()
    late = answer.begin(Toast("thought"))
    await answer.finish()

    assert bot.sent == [{"callback_query_id": "7"}]
    assert late == Toast("thought")


async def test_an_answer_that_comes_too_late_for_telegram_harms_nobody() -> None:
    answer = Answer(Recording(BadRequest("query is too old")), "7")

    await answer.finish()

"""Calls that set the bot up beside everything else: asked again for a while, then left for the next start."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.sending.api import Caller, pause

RESTS = (0.5, 2.0, 10.0, 60.0, 0.0)  # seconds after each try; nobody waits for it

log = structlog.get_logger()


async def insisting(bot: Caller, method: str, data: Mapping[str, Any]) -> Any:
    """What Telegram answers; None when it refused, or was away at every try."""
    for rest in RESTS:
        try:
            return await bot.call(method, data)
        except TelegramError as error:
            if isinstance(error, BadRequest) or not isinstance(error, RetryAfter | NetworkError):
                # an older Bot API server does not know every method, and answers as if the token were wrong
                log.info("set_up_refused", method=method, error=str(error))
                return None
            wait = max(rest, pause(error) if isinstance(error, RetryAfter) else 0.0)
            log.warning("set_up_not_answered", method=method, error=str(error), rest=wait)
            await asyncio.sleep(wait)
    return None

"""What we do about our own mistakes: a short id in the log, in the apology and in a note to the operators."""

import secrets
from collections.abc import Callable, Iterable
from html import escape

import structlog
from telegram.error import TelegramError

from bot.sending.api import Caller

QUIET = 60.0  # seconds between two notes about the same kind of error
BURST = 10  # notes a minute at most

log = structlog.get_logger()


class Incidents:
    """Reports unexpected errors; operators hear of each kind once a minute."""

    def __init__(self, bot: Caller, operators: Iterable[int], *, time: Callable[[], float]) -> None:
        self._bot = bot
        self._operators = tuple(operators)
        self._time = time  # seconds that only grow
        self._told: dict[str, float] = {}

    async def report(self, error: BaseException, *, doing: str, **context: object) -> str:
        """Log the error with its traceback, tell the operators, and give back the short id."""
        number = secrets.token_hex(2).upper()
        log.error("incident", incident=number, doing=doing, error=type(error).__name__, **context, exc_info=error)
        if self._may_tell(f"{doing} {type(error).__name__}"):
            await self._tell(f"⚠️ {escape(doing)}: {escape(type(error).__name__)}\nThe log has it under {number}.")
        return number

    async def tell_once(self, event: str, advice: str) -> None:
        """Tell the operators of something that is logged elsewhere, once a minute."""
        if self._may_tell(event):
            await self._tell(f"⚠️ {escape(event)}: {escape(advice)}")

    def _may_tell(self, kind: str) -> bool:
        now = self._time()
        self._told = {told: at for told, at in self._told.items() if now - at < QUIET}
        if kind in self._told or len(self._told) >= BURST:
            return False
        self._told[kind] = now
        return True

    async def _tell(self, text: str) -> None:
        for operator in self._operators:
            try:
                await self._bot.call("sendMessage", {"chat_id": operator, "text": text, "parse_mode": "HTML"})
            except TelegramError as error:
                log.info("operator_not_told", operator=operator, error=str(error))

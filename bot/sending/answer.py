"""The answer to a tap: exactly one for each, soon, whatever else happens."""

import asyncio

import structlog
from telegram.error import TelegramError

from bot.sending.api import Caller
from bot.sending.cutting import TOAST, fit_plain
from bot.sending.reply import Reply, Screen, Several, Toast

PATIENCE = 4.0  # seconds before the person's spinner is stopped without words

log = structlog.get_logger()


class Answer:
    """Answers one callback query; `late` says that the words came after the query had been answered already."""

    def __init__(self, bot: Caller, query_id: str, *, patience: float = PATIENCE) -> None:
        self._bot = bot
        self._query_id = query_id
        self._given = False
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(patience, self.begin)

    def begin(self, toast: Toast | None = None) -> Toast | None:
        """Send the answer beside whatever else is sent; the words that came too late to be shown with it."""
        if self._given:
            return toast
        self._given = True
        self._timer.cancel()
        self._task = asyncio.create_task(self._send(toast))  # noqa: TID251  awaited by finish; _send lets no error out
        return None

    async def finish(self) -> None:
        """Wait until the answer is out."""
        self.begin()
        if self._task is not None:
            await self._task

    async def _send(self, toast: Toast | None) -> None:
        data: dict[str, object] = {"callback_query_id": self._query_id}
        if toast is not None and toast.text:
            data["text"] = fit_plain(toast.text, TOAST)
            if toast.alert:
                data["show_alert"] = True
        try:
            await self._bot.call("answerCallbackQuery", data)
        except TelegramError as error:
            log.info("answer_not_given", error=str(error))  # too old, most often: the person sees the screen anyway


def toast_of(reply: Reply) -> Toast | None:
    """What a reply says over the screen."""
    if isinstance(reply, Toast):
        return reply
    if isinstance(reply, Screen):
        return Toast(reply.toast, alert=reply.alert) if reply.toast else None
    if isinstance(reply, Several):
        return next((toast for one in reply.replies if (toast := toast_of(one)) is not None), None)
    return None

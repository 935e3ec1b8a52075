"""Sends into groups and channels: into a topic, within their flood limit, with Telegram's refusals told apart."""

from collections.abc import Mapping
from typing import Any

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.intake.reading import Shown
from bot.sending.api import Caller
from bot.sending.limits import FloodLimit
from bot.sending.pictures import Pictures
from bot.sending.reply import Screen
from bot.sending.sender import Remember, Sender

# A chat is lost to us by these; tdlib/telegram-bot-api and TDLib, read 2026-11.
LOST = (
    "chat not found",
    "not enough rights to send",
    "need administrator rights",
    "have no rights to send",
    "chat_write_forbidden",
    "channel_private",
)
NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")


def is_lost(error: TelegramError) -> bool:
    """Whether we cannot write there any more."""
    return isinstance(error, Forbidden) or any(part in error.message.lower() for part in LOST)


def is_topic_gone(error: BadRequest) -> bool:
    """Whether the topic is closed or deleted; the group itself may still be open."""
    return any(part in error.message.lower() for part in NO_TOPIC)


class _Into:
    """The Bot API, with everything that is sent going into one topic."""

    def __init__(self, bot: Caller, topic: int) -> None:
        self._bot = bot
        self._topic = topic

    async def call(self, method: str, data: Mapping[str, Any]) -> Any:
        """Call it. Raises the errors of telegram.error."""
        if self._topic and method.startswith("send"):
            data = {**data, "message_thread_id": self._topic}
        return await self._bot.call(method, data)


class Chats:
    """Shows screens in groups and channels."""

    def __init__(self, bot: Caller, pictures: Pictures, limit: FloodLimit, remember: Remember) -> None:
        self._bot = bot
        self._pictures = pictures
        self._limit = limit
        self._remember = remember

    async def send(self, chat_id: int, screen: Screen, *, topic: int = 0) -> tuple[int | None, bool]:
        """Send a screen: the id of the message, and whether it is a photo. Raises telegram.error."""
        into = _Noting(_Into(self._bot, topic))
        sender = Sender(into, self._pictures, remember=self._remember)
        async with self._limit.turn(chat_id):
            message_id = await sender.deliver(chat_id, screen)
        return message_id, into.last == "sendPhoto"

    async def edit(self, chat_id: int, message_id: int, screen: Screen, *, is_photo: bool = False) -> bool:
        """Bring a message up to date; False when it cannot be any more. Raises telegram.error."""
        sender = Sender(self._bot, self._pictures, remember=self._remember)
        async with self._limit.turn(chat_id):
            return await sender.edit(chat_id, screen, Shown(message_id, "photo" if is_photo else "text"))

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message away; one that is gone is gone. Raises telegram.error."""
        async with self._limit.turn(chat_id):
            try:
                await self._bot.call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
            except BadRequest as error:
                if is_lost(error):
                    raise

    async def open_topic(self, chat_id: int, name: str) -> int:
        """Make a topic; 0 when the bot may not. Raises telegram.error."""
        try:
            made = await self._bot.call("createForumTopic", {"chat_id": chat_id, "name": name[:128]})
        except BadRequest:
            return 0
        return int(made["message_thread_id"])


class _Noting:
    """The Bot API, remembering by which method the last message was sent."""

    def __init__(self, bot: Caller) -> None:
        self._bot = bot
        self.last = ""

    async def call(self, method: str, data: Mapping[str, Any]) -> Any:
        """Call it. Raises the errors of telegram.error."""
        result = await self._bot.call(method, data)
        if method.startswith("send"):
            self.last = method
        return result

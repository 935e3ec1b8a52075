"""A place where messages stand, as one bot sees it: a private chat, a group, a channel."""

from abc import ABC, abstractmethod
from dataclasses import KW_ONLY, dataclass, field
from hashlib import sha256

from simulator.signals import Signal
from simulator.telegram.bots import Bot
from simulator.telegram.entities import Formatted
from simulator.telegram.messages import Keyboard, Message
from simulator.telegram.wire import JsonObject


@dataclass(slots=True)
class Toast:
    """What a person saw after a tap: a short notice, or an alert to close; `person` says who, in a group."""

    text: str
    alert: bool
    at: float
    url: str = ""
    person: int = 0


@dataclass
class Place(ABC):
    """Messages as they stand now, by id."""

    bot: Bot
    _: KW_ONLY
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    pinned: int = 0
    reply_keyboard: JsonObject | None = None
    toasts: list[Toast] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    @property
    @abstractmethod
    def id(self) -> int:
        """The Bot API's chat id."""

    @property
    @abstractmethod
    def name(self) -> str:
        """How people call it."""

    @abstractmethod
    def header(self) -> JsonObject:
        """The Bot API's `Chat`."""

    @abstractmethod
    def signed(self, message: Message) -> JsonObject:
        """Who sent a message, as fields of it."""

    @abstractmethod
    def author(self, message: Message) -> str:
        """The name above a message."""

    @abstractmethod
    def heard(self, message: Message) -> str:
        """The kind of update that a person's message is to the bot; empty when it does not get to see it."""

    @abstractmethod
    def check_access(self) -> None:
        """Raise BotApiError when the bot cannot even look at this place."""

    @abstractmethod
    def check_writing(self, content: str, thread: int) -> None:
        """Raise BotApiError when the bot may not send such content ("text messages", "photos") here."""

    @property
    def instance(self) -> str:
        """The Bot API's `chat_instance`."""
        digest = sha256(f"{self.bot.id}:{self.id}".encode()).digest()
        return str(int.from_bytes(digest[:8], "big", signed=True))

    @property
    def newest(self) -> Message | None:
        """The last message on show."""
        return next(reversed(self.messages.values()), None)

    @property
    def said(self) -> list[Message]:
        """The bot's messages on show, oldest first."""
        return [message for message in self.messages.values() if message.from_bot]

    @property
    def screen(self) -> Message | None:
        """The newest message of the bot that has buttons."""
        return next((m for m in reversed(self.messages.values()) if m.from_bot and m.keyboard), None)

    def take_id(self) -> int:
        """The next message id of this chat."""
        self.last_id += 1
        return self.last_id

    def add(self, message: Message) -> Message:
        """Put a message at the end."""
        self.messages[message.message_id] = message
        return message

    def shows(self, words: str) -> bool:
        """Whether a message on show contains these words."""
        return any(words in message.words for message in self.messages.values())

    def message_json(self, message: Message, *, nested: bool = False) -> JsonObject:
        """The Bot API's `Message`."""
        body: JsonObject = {
            "message_id": message.message_id,
            **self.signed(message),
            "chat": self.header(),
            "date": message.date,
        }
        if message.thread:
            body |= {"message_thread_id": message.thread, "is_topic_message": True}
        if message.edit_date:
            body["edit_date"] = message.edit_date
        if message.reply_to and not nested:
            body["reply_to_message"] = self.message_json(message.reply_to, nested=True)
        if message.media_group_id:
            body["media_group_id"] = message.media_group_id
        body.update(_formatted("text", "entities", message.text))
        if message.photo:
            body["photo"] = message.photo.photo_sizes()
        if message.document:
            body["document"] = message.document.document()
        body.update(_formatted("caption", "caption_entities", message.caption))
        if message.invoice:
            body["invoice"] = message.invoice.to_json()
        body.update(message.service)
        body.update(message.extra)
        if message.keyboard:
            body["reply_markup"] = {"inline_keyboard": _shown_keyboard(message.keyboard)}
        return body


def _formatted(name: str, entities_name: str, formatted: Formatted | None) -> JsonObject:
    if formatted is None:
        return {}
    body: JsonObject = {name: formatted.text}
    if formatted.entities:
        body[entities_name] = formatted.entities_json()
    return body


def _shown_keyboard(keyboard: Keyboard) -> Keyboard:
    return [[dict(button) for button in row] for row in keyboard]

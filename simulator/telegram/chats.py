"""The private chat of one person with one bot."""

from dataclasses import dataclass, field
from hashlib import sha256

from simulator.signals import Signal
from simulator.telegram.bots import Bot
from simulator.telegram.entities import Formatted
from simulator.telegram.messages import Keyboard, Message
from simulator.telegram.people import Person
from simulator.telegram.wire import JsonObject


@dataclass(slots=True)
class Toast:
    """What a person saw after a tap: a short notice, or an alert to close."""

    text: str
    alert: bool
    at: float
    url: str = ""


@dataclass
class Chat:
    """Messages as they stand now, by id; `started` once the person wrote first."""

    bot: Bot
    person: Person
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    started: bool = False
    blocked: bool = False
    pinned: int = 0
    reply_keyboard: JsonObject | None = None
    toasts: list[Toast] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    @property
    def instance(self) -> str:
        """The Bot API's `chat_instance`."""
        digest = sha256(f"{self.bot.id}:{self.person.id}".encode()).digest()
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
            "from": self.bot.user() if message.from_bot else self.person.user(),
            "chat": self.person.chat(),
            "date": message.date,
        }
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

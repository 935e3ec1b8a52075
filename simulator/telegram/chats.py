"""The private chat of one person with one bot."""

from dataclasses import dataclass

from simulator.telegram.errors import bad_request, forbidden
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place, Toast
from simulator.telegram.wire import JsonObject

__all__ = ["Chat", "Toast"]


@dataclass
class Chat(Place):
    """`started` once the person wrote first; `deleted` when they deleted their Telegram account."""

    person: Person
    started: bool = False
    blocked: bool = False
    deleted: bool = False

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.first_name

    def header(self) -> JsonObject:
        """The Bot API's `Chat`."""
        return self.person.chat()

    def signed(self, message: Message) -> JsonObject:
        """The bot or the person."""
        return {"from": self.bot.user() if message.from_bot else self.person.user()}

    def author(self, message: Message) -> str:
        """The bot's username or the person's name."""
        return self.bot.username if message.from_bot else self.person.first_name

    def heard(self, message: Message) -> str:
        """All that a person writes."""
        return "" if message.from_bot else "message"

    def check_access(self) -> None:
        """Raise 400 for people this bot has never met."""
        if not self.started:
            raise bad_request("chat not found")

    def check_writing(self, content: str, thread: int) -> None:  # noqa: ARG002  all content is alike here
        """Raise 403 when the person blocked the bot or is no more; private chats have no threads here."""
        if self.deleted:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if thread:
            raise bad_request("message thread not found")

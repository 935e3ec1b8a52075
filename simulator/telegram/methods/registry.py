"""The table of Bot API methods: each is a function that declares which parameters it reads."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from simulator.telegram.bots import Bot
from simulator.telegram.chats import Chat
from simulator.telegram.errors import bad_request, forbidden
from simulator.telegram.messages import Message
from simulator.telegram.parameters import Parameters
from simulator.telegram.wire import Json
from simulator.telegram.world import World


@dataclass(slots=True)
class Call:
    """One call being served."""

    world: World
    bot: Bot
    parameters: Parameters

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat a call is about; raises 400 for people this bot has never met."""
        if not self.parameters.text(name):
            raise bad_request(f"{name} is empty")
        person = self.world.people.get(self.parameters.integer(name))
        chat = self.world.chats.get((self.bot.id, person.id)) if person else None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    def open_chat(self) -> Chat:
        """The chat a call sends to; raises 403 when the person blocked the bot, 429 when it sends too fast."""
        chat = self.chat()
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        self.world.flood.check(self.bot.id, chat.person.id)
        return chat

    def message(self, chat: Chat, purpose: str) -> Message:
        """The message of `message_id`; raises 400 "message to … not found"."""
        message = chat.messages.get(self.parameters.integer("message_id"))
        if message is None:
            raise bad_request(f"message to {purpose} not found")
        return message


Serve = Callable[[Call], Awaitable[Json]]


@dataclass(slots=True)
class Method:
    """A served method and the parameters it knows; all others are ignored, as Telegram does."""

    name: str
    accepts: frozenset[str]
    serve: Serve


METHODS: dict[str, Method] = {}


def method(name: str, accepts: str = "") -> Callable[[Serve], Serve]:
    """Register a function as a Bot API method; `accepts` lists its parameters, separated by spaces."""

    def register(serve: Serve) -> Serve:
        METHODS[name.lower()] = Method(name, frozenset(accepts.split()), serve)
        return serve

    return register

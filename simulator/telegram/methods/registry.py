"""The table of Bot API methods: each is a function that declares which parameters it reads."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from simulator.telegram.bots import Bot
from simulator.telegram.errors import bad_request
from simulator.telegram.messages import Message
from simulator.telegram.parameters import Parameters
from simulator.telegram.places import Place
from simulator.telegram.wire import Json
from simulator.telegram.world import World


@dataclass(slots=True)
class Call:
    """One call being served."""

    world: World
    bot: Bot
    parameters: Parameters
    thread: int = 0  # the topic it sends to

    def chat(self, name: str = "chat_id") -> Place:
        """The chat a call is about; raises 400 for people this bot has never met, 403 where it is in no more."""
        if not self.parameters.text(name):
            raise bad_request(f"{name} is empty")
        number = self.parameters.integer(name)
        chat: Place | None = self.world.chats.get((self.bot.id, number))
        if chat is None:
            group = self.world.groups.get(number)
            chat = group if group is not None and group.bot is self.bot and group.met else None
        if chat is None:
            raise bad_request("chat not found")
        chat.check_access()
        return chat

    def open_chat(self, content: str = "text messages") -> Place:
        """The chat a call sends such content to; raises 403 where it may not, 429 when the bot sends too fast."""
        chat = self.chat()
        self.thread = self.parameters.integer("message_thread_id")
        chat.check_writing(content, self.thread)
        self.world.flood.check(self.bot.id, chat.id)
        return chat

    def message(self, chat: Place, purpose: str) -> Message:
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

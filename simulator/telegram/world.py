"""The whole state of the pretend Telegram, in memory, and the few moves everything else is made of."""

import secrets
from collections import deque
from collections.abc import Callable

from simulator.clock import Clock, SystemClock
from simulator.signals import Signal
from simulator.telegram.bots import Bot
from simulator.telegram.calls import CallRecord
from simulator.telegram.chats import Chat
from simulator.telegram.faults import Faults
from simulator.telegram.files import FileStore
from simulator.telegram.flood import Flood
from simulator.telegram.groups import Group
from simulator.telegram.journal import Journal
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.places import Place
from simulator.telegram.updates import UpdateQueue
from simulator.telegram.webhook import Reply
from simulator.telegram.wire import JsonObject

CALLS_KEPT = 20_000


def _pretend_charge(amount: int, currency: str, _: str) -> str:
    """A provider's charge id where no provider is simulated."""
    return f"pretend_{currency.lower()}_{amount}_{secrets.token_hex(8)}"


async def _ignore(token: str, body: JsonObject) -> None:
    """Where nobody serves calls, an answer's body is just read."""


class World:
    """People, bots, their chats, and everything between them."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or SystemClock()
        self.calendar: Clock = self.clock  # by which Stars are dated and months pass
        self.people: dict[int, Person] = {}
        self.bots: dict[str, Bot] = {}
        self.chats: dict[tuple[int, int], Chat] = {}
        self.groups: dict[int, Group] = {}
        self.files = FileStore()
        self.journal = Journal()
        self.faults = Faults()
        self.flood = Flood(self.clock)
        self.calls: deque[CallRecord] = deque(maxlen=CALLS_KEPT)
        self.settled = Signal()
        self.remote_pictures = True
        self.answer_deadline = 10.0
        self.revoked: set[str] = set()
        self.url = ""
        self.closing = False
        self.ended = Signal()
        self.webhook_reply: Reply = _ignore
        self.take_card: Callable[[int, str, str], str] = _pretend_charge

    def bot(self, token: str) -> Bot:
        """The bot of a token, made on first sight; the token has the shape digits:letters."""
        known = self.bots.get(token)
        if known is None:
            number = int(token.partition(":")[0])
            known = Bot(number, token, f"pretend_{number}_bot", f"Pretend {number}", UpdateQueue(self.clock))
            self.bots[token] = known
        return known

    def chat(self, bot: Bot, person: Person) -> Chat:
        """The chat of a person with a bot, made when first needed."""
        known = self.chats.get((bot.id, person.id))
        if known is None:
            known = self.chats[bot.id, person.id] = Chat(bot, person)
        return known

    def fresh_id(self) -> str:
        """An id as Telegram makes them for queries: a long decimal number."""
        return str(secrets.randbits(62))

    def fresh_slug(self) -> str:
        """The secret part of an invoice link."""
        return secrets.token_urlsafe(15)

    async def pause(self, seconds: float) -> None:
        """Wait in real time, but not beyond the end of the simulator."""
        if not self.closing:
            await self.ended.wait(seconds)

    def tell(self, kind: str, chat: Place, data: JsonObject, person: int = 0) -> None:
        """Write an event of a chat and wake whoever watches the chat; in a group `person` is who did it."""
        if chat.id < 0:
            data = {"chat": chat.id, **data}
        self.journal.write(kind, self.clock.now(), chat.bot.id, person if chat.id < 0 else chat.id, data)
        chat.changed.notify()

    def put(self, chat: Place, message: Message) -> Message:
        """Add a message to a chat; a person's message also becomes an update of the bot."""
        chat.add(message)
        self.tell("message", chat, {"message_id": message.message_id, "from_bot": message.from_bot})
        if kind := chat.heard(message):
            chat.bot.updates.add(kind, chat.message_json(message), ("chat", chat.id))
        return message

    async def close(self) -> None:
        """End every wait and every webhook."""
        self.closing = True
        self.ended.notify()
        self.journal.changed.notify()
        for bot in self.bots.values():
            bot.updates.arrived.notify()
            if bot.webhook:
                await bot.webhook.stop()

    def seconds(self) -> int:
        """Now, as messages are dated: whole seconds since the Unix epoch."""
        return int(self.clock.now())

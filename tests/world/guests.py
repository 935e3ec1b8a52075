"""People of the stories at their phones: they say, tap, pay and look, and tests read like what they do."""

from collections.abc import Awaitable, Callable

from simulator.acts.sheets import Sheet
from simulator.acts.tapping import Tapped
from simulator.server import Simulator
from simulator.telegram.chats import Chat
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.wire import JsonObject
from tests.world.people import Someone

Settle = Callable[[], Awaitable[None]]


class Guest:
    """One person with the shop's chat open; every act waits until the shop has answered, unless `hurried`."""

    def __init__(self, simulator: Simulator, who: Someone, settle: Settle) -> None:
        self.who = who
        self._simulator = simulator
        self._settle = settle
        known = simulator.world.people.get(who.telegram_id)
        if known is None:
            known = simulator.add_person(Person(who.telegram_id, who.name, who.username))
        known.language_code = who.language  # of the story, whatever the default cast speaks

    @property
    def id(self) -> int:
        """The Telegram id."""
        return self.who.telegram_id

    @property
    def chat(self) -> Chat:
        """The chat as it stands now."""
        return self._simulator.chat(self.id)

    @property
    def screen(self) -> Message:
        """The newest message with buttons."""
        found = self.chat.screen
        assert found is not None, f"{self.who.name} sees no buttons"
        return found

    @property
    def text(self) -> str:
        """The words of the screen."""
        return self.screen.words

    @property
    def keyboard(self) -> list[str]:
        """The labels of the screen's buttons."""
        return self.screen.labels

    @property
    def newest(self) -> str:
        """The words of the newest message of the shop, with buttons or without."""
        return self.chat.said[-1].words

    @property
    def toast(self) -> str:
        """What was shown over the screen last."""
        return self.chat.toasts[-1].text if self.chat.toasts else ""

    def sees(self, words: str) -> bool:
        """Whether a message on show, or the last toast, has these words."""
        return self.chat.shows(words) or words in self.toast

    def callback_data(self, label: str) -> str:
        """What the button that contains this label sends when it is tapped."""
        buttons = [button for row in self.screen.keyboard or () for button in row]
        return str(next(button["callback_data"] for button in buttons if label in str(button["text"])))

    async def says(self, text: str, *, reply_to: Message | None = None, hurried: bool = False) -> None:
        """Write a message or a command."""
        self._simulator.send(self.id, text, reply_to=reply_to.message_id if reply_to else 0)
        await self._rest(hurried=hurried)

    async def shows_photo(
        self, content: bytes, caption: str = "", *, album: str = "", reply_to: Message | None = None
    ) -> None:
        """Send a picture, perhaps as one of an album."""
        answered = reply_to.message_id if reply_to else 0
        self._simulator.send_photo(self.id, content, caption, reply_to=answered, album=album)
        await self._rest()

    async def shows_file(self, content: bytes, caption: str = "", *, name: str = "picture.png") -> None:
        """Send a file, as a desktop does with a picture that is dragged into the chat."""
        self._simulator.send_document(self.id, content, name, caption)
        await self._rest()

    async def says_where(self, way: str) -> None:
        """Answer the shop's own questions about the address, choose the way that it is sent, and order."""
        await self.taps("Germany")
        for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
            await self.says(line)
        await self.taps(way, "Order now")

    async def taps(self, *labels: str, on: Message | None = None, hurried: bool = False) -> list[Tapped]:
        """Tap buttons one after another, each by (a part of) its label."""
        taps = []
        for label in labels:
            taps.append(self._simulator.tap(self.id, label, message_id=on.message_id if on else 0))
            await self._rest(hurried=hurried)
        return taps

    async def taps_data(self, data: str, *, on: Message) -> Tapped:
        """Tap the button of this message that sends such data."""
        tapped = self._simulator.tap_data(self.id, data, message_id=on.message_id)
        await self._rest()
        return tapped

    async def forges(self, data: str, *, on: Message | None = None, hurried: bool = False) -> Tapped:
        """Send callback data of one's own making, as if it stood on this message or on the newest with buttons."""
        tapped = self._simulator.tap_data(self.id, data, message_id=on.message_id if on else 0)
        await self._rest(hurried=hurried)
        return tapped

    async def pays(
        self,
        card: str = "pays",
        *,
        option: str = "",
        tip: int = 0,
        again: bool = False,
        address: JsonObject | None = None,
        phone: str = "",
    ) -> Sheet:
        """Fill in the newest invoice's form and pay; the sheet says how it ended."""
        details: JsonObject = {"shipping_address": address} if address else {}
        details |= {"phone_number": phone} if phone else {}
        sheet = await self._simulator.pay(self.id, card=card, option=option, tip=tip, again=again, details=details)
        await self._rest()
        return sheet

    def blocks_the_bot(self, blocked: bool = True) -> None:
        """Stop the bot, or let it write again."""
        self._simulator.block(self.id, blocked=blocked)

    async def _rest(self, *, hurried: bool = False) -> None:
        if not hurried:
            await self._settle()

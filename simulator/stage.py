"""The pretend Telegram as one object: its state, and everything that people and tests do to it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from simulator import waiting
from simulator.acts import blocking, groups, inline, links, subscribing, tapping, web_apps, writing
from simulator.acts.finding import WhichBot, Who, find_bot, find_chat, find_person, open_chat
from simulator.acts.paying import Cashier
from simulator.acts.refusals import CannotDo
from simulator.acts.rooms import Room
from simulator.acts.sheets import DEFAULT_ADDRESS, Sheet
from simulator.acts.tapping import Tapped
from simulator.acts.web_apps import WebApp
from simulator.cast import DEFAULT_CAST, load_cast
from simulator.clock import Clock, ManualClock
from simulator.crypto import PretendCrypto
from simulator.paypal import PretendPayPal
from simulator.stripe import PretendStripe
from simulator.telegram.calls import CallRecord
from simulator.telegram.chats import Chat
from simulator.telegram.connections import Connections
from simulator.telegram.endpoint import BotApi
from simulator.telegram.faults import Fault
from simulator.telegram.messages import Message
from simulator.telegram.people import Person
from simulator.telegram.queries import OpenQuery
from simulator.telegram.subscriptions import Subscription
from simulator.telegram.updates import Update
from simulator.telegram.wire import JsonObject
from simulator.telegram.world import World
from simulator.transcript import show_chat

T = TypeVar("T")


class Stage:
    """A world with its pretend Stripe and PayPal, and what people do there; `Simulator` serves it over HTTP."""

    def __init__(self, *, people: Path = DEFAULT_CAST, clock: Clock | None = None) -> None:
        self.world = World(clock)
        self.stripe = PretendStripe(clock)
        self.paypal = PretendPayPal(clock)
        self.crypto = PretendCrypto(clock)
        self.cashier = Cashier(self.world)
        self.connections = Connections()
        self.bot_api = BotApi(self.world, self.connections)
        self.world.webhook_reply = self.bot_api.reply
        self.world.take_card = lambda amount, currency, what: self.stripe.charge_elsewhere(amount, currency, what).id
        for person in load_cast(people):
            self.add_person(person)

    @property
    def url(self) -> str:
        """Where the page, the control API and everything else is, without a slash at the end."""
        return self.world.url

    @property
    def bot_api_url(self) -> str:
        """What PTB calls `base_url`."""
        return f"{self.url}/bot"

    @property
    def file_api_url(self) -> str:
        """What PTB calls `base_file_url`."""
        return f"{self.url}/file/bot"

    @property
    def stripe_url(self) -> str:
        """The base address for Stripe's client."""
        return f"{self.url}/stripe"

    @property
    def paypal_url(self) -> str:
        """The base address for who speaks to PayPal."""
        return f"{self.url}/paypal"

    def add_person(self, person: Person) -> Person:
        """Somebody more to chat with; an id that exists is replaced."""
        self.world.people[person.id] = person
        return person

    def person(self, who: Who) -> Person:
        """A person by id, first name or username."""
        return find_person(self.world, who)

    def chat(self, who: Who, bot: WhichBot = None) -> Chat:
        """The chat of a person with a bot (the only one, if there is only one), as it stands now."""
        return find_chat(self.world, who, bot)

    def transcript(self, who: Who, bot: WhichBot = None) -> JsonObject:
        """The chat as `GET /control/chats/{person}` shows it."""
        return show_chat(self.chat(who, bot))

    def send(self, who: Who, text: str, *, reply_to: int = 0, bot: WhichBot = None) -> Message:
        """Write a text or a command."""
        return writing.write(self.world, open_chat(self.world, who, bot), text, reply_to)

    def send_photo(
        self, who: Who, content: bytes, caption: str = "", *, reply_to: int = 0, album: str = "", bot: WhichBot = None
    ) -> Message:
        """Send a picture; those of one `album` have its id in common."""
        return writing.send_photo(self.world, open_chat(self.world, who, bot), content, caption, reply_to, album)

    def send_document(self, who: Who, content: bytes, name: str, caption: str = "", *, bot: WhichBot = None) -> Message:
        """Send a file."""
        return writing.send_document(self.world, open_chat(self.world, who, bot), content, name, caption)

    def tap(self, who: Who, label: str, *, message_id: int = 0, bot: WhichBot = None) -> Tapped:
        """Tap a button by its label, on the newest keyboard unless a message is named."""
        return tapping.tap_label(self.world, open_chat(self.world, who, bot), label, message_id)

    def tap_data(self, who: Who, data: str, *, message_id: int = 0, bot: WhichBot = None) -> Tapped:
        """Send callback data of one's own making."""
        chat = open_chat(self.world, who, bot)
        return tapping.tap_data(self.world, chat, chat.person, data, message_id)

    def open_app(self, who: Who, *, bot: WhichBot = None) -> WebApp:
        """Open the app that stands in place of the menu."""
        return web_apps.open_menu(self.world, open_chat(self.world, who, bot))

    def found(self, title: str, by: Who, kind: str = "supergroup", *, forum: bool = False) -> Room:
        """Found a group or channel; the only bot can be let in."""
        founder = find_person(self.world, by)
        return Room(self.world, groups.found(self.world, find_bot(self.world), founder, title, kind, forum=forum))

    def block(self, who: Who, *, blocked: bool = True, bot: WhichBot = None) -> None:
        """Block the bot, or unblock it."""
        blocking.set_blocked(self.world, self.chat(who, bot), blocked=blocked)

    def open_sheet(
        self, who: Who, *, message_id: int = 0, link: str = "", again: bool = False, bot: WhichBot = None
    ) -> Sheet:
        """Open the payment form of an invoice; go on with `cashier.fill` and `cashier.pay`."""
        return self.cashier.open(open_chat(self.world, who, bot), message_id, link, again=again)

    async def pay(  # noqa: PLR0913  each may be left out
        self,
        who: Who,
        *,
        message_id: int = 0,
        link: str = "",
        card: str = "pays",
        details: JsonObject | None = None,
        option: str = "",
        tip: int = 0,
        again: bool = False,
        bot: WhichBot = None,
    ) -> Sheet:
        """Fill in the whole form with likely details, take the first way to ship unless told otherwise, and pay."""
        sheet = self.open_sheet(who, message_id=message_id, link=link, again=again, bot=bot)
        return await self.pay_sheet(sheet, card=card, details=details, option=option, tip=tip)

    async def pay_sheet(
        self, sheet: Sheet, *, card: str = "pays", details: JsonObject | None = None, option: str = "", tip: int = 0
    ) -> Sheet:
        """The rest of `pay` for a form that is open already."""
        name = sheet.chat.person.first_name
        likely: JsonObject = {
            "name": name,
            "email": f"{name.lower()}@example.com",
            "phone_number": "4930123456",
            "shipping_address": DEFAULT_ADDRESS,
        }
        await self.cashier.fill(sheet, {**likely, **(details or {})})
        if sheet.error:
            return sheet
        if not option and sheet.options:
            option = str(sheet.options[0]["id"])
        return await self.cashier.pay(sheet, card, option, tip)

    def subscriptions(self, who: Who, *, bot: WhichBot = None) -> list[Subscription]:
        """What a person pays every month, or did, the oldest first."""
        chat = self.chat(who, bot)
        return subscribing.of(chat.bot, chat.person.id)

    def cancel_subscription(self, who: Who, charge_id: str, *, bot: WhichBot = None) -> Subscription:
        """Let it end, in Telegram's own screens."""
        return subscribing.cancel(self.world, open_chat(self.world, who, bot), charge_id)

    def restore_subscription(self, who: Who, charge_id: str, *, bot: WhichBot = None) -> Subscription:
        """Let it go on, in Telegram's own screens."""
        return subscribing.go_on(self.world, open_chat(self.world, who, bot), charge_id)

    def renew(self) -> int:
        """Charge what is due by the calendar."""
        return subscribing.renew_due(self.world)

    def fail(self, method: str, kind: str, **more: float) -> Fault:
        """Schedule a fault; see `faults.Fault` for `times`, `retry_after`, `seconds` and `after`."""
        fault = Fault.from_json({"method": method, "kind": kind, **more})
        self.world.faults.add(fault)
        return fault

    def calls(self, method: str = "") -> list[CallRecord]:
        """The calls of the bots so far, of one method if named."""
        return [call for call in self.world.calls if method.lower() in {"", call.method.lower()}]

    def redeliver(self, update_id: int = 0, *, bot: WhichBot = None) -> Update:
        """Send an update again (the newest by default), as Telegram does when a confirmation was lost."""
        queue = find_bot(self.world, bot).updates
        return queue.repeat(update_id or queue.history[-1].id)

    def follow(self, who: Who, url: str, *, bot: WhichBot = None) -> JsonObject:
        """Open a link; a deep link of the bot sends its `/start`."""
        return links.follow(self.world, self.cashier, open_chat(self.world, who, bot), url)

    def ask_inline(self, who: Who, text: str, offset: str = "", *, bot: WhichBot = None) -> OpenQuery:
        """Write the bot's name and a text in any chat; `offered(query)` once it was answered."""
        return inline.ask(self.world, find_bot(self.world, bot), self.person(who), text, offset)

    def offered(self, query: OpenQuery, *, bot: WhichBot = None) -> inline.Offered:
        """What the bot offered."""
        return inline.offered(find_bot(self.world, bot), query)

    def advance(self, seconds: float) -> None:
        """Move the manual clock this simulator was given."""
        if not isinstance(self.world.clock, ManualClock):
            raise CannotDo("this simulator runs on the machine's clock")
        self.world.clock.advance(seconds)

    async def wait_for(
        self, who: Who, predicate: Callable[[Chat], T], timeout: float = waiting.PATIENCE, *, bot: WhichBot = None
    ) -> T:
        """The first true result of a question about the chat; NeverHappened shows the chat when it never comes."""
        return await waiting.wait_for(self.chat(who, bot), predicate, timeout)

    async def idle(self, timeout: float = waiting.PATIENCE, *, quiet: float = waiting.QUIET_SECONDS) -> None:
        """Return once the bots have confirmed and answered everything and are quiet."""
        await waiting.idle(self.world, timeout, quiet=quiet)

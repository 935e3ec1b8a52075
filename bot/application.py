"""The bot as one object: built by the switchboard, started, fed by polling or by a webhook, and stopped."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import commands, introduction
from bot.intake.polling import Polling, noting
from bot.intake.reading import ALLOWED_UPDATES
from bot.intake.repeats import Repeats
from bot.intake.turns import Turns
from bot.intake.unhandled import Unhandled
from bot.intake.webhook import Taken, Webhook
from bot.routing.dispatch import Dispatch
from bot.routing.edge import Edge, Observe
from bot.routing.going_on import GoingOn
from bot.routing.groups import Groups
from bot.routing.incidents import Incidents
from bot.routing.inline_queries import InlineQueries
from bot.routing.outage import Outage
from bot.routing.payment_queries import DEADLINE, PaymentQueries
from bot.routing.people import AMONG_OTHERS, FRESH, People
from bot.routing.posting import Posting
from bot.routing.router import Router
from bot.routing.sights import Sights
from bot.routing.standing import Standing
from bot.routing.visit import Command, House
from bot.screens.routes import join
from bot.screens.selling.broadcasts.buttons import OpenBroadcast
from bot.sending.api import NotTelegram, ShopBot, pause
from bot.sending.courier import TelegramCourier
from bot.sending.files import TelegramFiles
from bot.sending.herald import Draw, TelegramHerald
from bot.sending.in_chats import Chats
from bot.sending.limits import FloodLimit, OwnLimit
from bot.sending.messages import Messages
from bot.sending.pictures import Pictures, cover_of
from bot.sending.sender import Sender
from db.session import Database, is_away
from shop.broadcasts import Herald
from shop.catalog.glances import Glances
from shop.catalog.shelves import Shelves
from shop.clock import Clock
from shop.people import staff
from shop.ports import Courier, Provider
from shop.settings.states import Settings

REST, LONGEST_REST = 0.5, 5.0  # seconds between two tries to reach Telegram at the start

log = structlog.get_logger()


class BotApp:
    """Everything that talks Telegram.

    Order of use: `await start()`; then either `await listen(url, secret)` once and `await take(update)` for each
    delivery, or `await poll()`, which runs until it is cancelled; `courier` goes to `shop.notifications.deliver_due`;
    at the end `await stop()`, which finishes what is in hand. `await publish_commands()` may run beside them.
    """

    def __init__(  # noqa: PLR0913  the last four have their usual values
        self,
        *,
        db: Database,
        clock: Clock,
        settings: Settings,
        bot: ShopBot,
        providers: Mapping[str, Provider],
        media: Path,
        observe: Observe | None = None,
        flood_limit: FloodLimit | None = None,
        gate_seconds: float = DEADLINE,
        alone: bool = True,
    ) -> None:
        """`bot` need not be initialised yet; `media` is the folder of pictures with a relative source.

        `gate_seconds`: how long a question before a payment may take.
        `alone`: no other process serves the same people, so that what is known of them may be remembered.
        """
        self._db = db
        self._clock = clock
        self._settings = settings
        self._bot = bot
        self._providers = providers
        self._media = media
        self._observe = observe
        self._limit: FloodLimit = flood_limit or OwnLimit()
        self._gate_seconds = gate_seconds
        self._alone = alone
        self._router = join()
        self._glances = Glances(db, clock)
        self._started = False

    async def start(self) -> None:
        """Reach Telegram, waiting for it if need be. Raises InvalidToken, NotTelegram."""
        try:
            await self._insist(self._bot.initialize)
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            raise NotTelegram(str(error)) from error
        self._started = True
        self._build()

    async def _insist(self, call: Callable[[], Awaitable[object]]) -> None:
        """Call Telegram until it answers: whatever is wrong there is over some time. Raises InvalidToken."""
        rest = REST
        while True:
            try:
                await call()
            except InvalidToken:
                raise
            except TelegramError as error:
                asked = pause(error) if isinstance(error, RetryAfter) else 0.0
                log.warning("telegram_not_reached", error=str(error), rest=max(rest, asked))
                await asyncio.sleep(max(rest, asked))
                rest = min(rest * 2, LONGEST_REST)
            else:
                return

    def _build(self) -> None:
        people = People(self._db, self._clock, fresh=FRESH if self._alone else AMONG_OTHERS)
        house = House(
            db=self._db,
            clock=self._clock,
            settings=self._settings,
            providers=self._providers,
            bot_id=self._bot.id,
            bot_username=self._bot.username,
            media=self._media,
            people=people,
            shelves=Shelves(self._db, clock=self._clock),
            glances=self._glances,
            every_command=tuple(
                Command(name, route.about, route.audience, route.needs)
                for name, route in self._router.commands.items()
                if route.about
            ),
            files=TelegramFiles(self._bot),
            offers_inline=self._bot.supports_inline_queries,
        )
        pictures = Pictures(self._db, self._clock, bot_id=self._bot.id, media=self._media)
        policy = self._settings.policy  # of it, what follows takes who operates, and that is the file's alone
        sights = Sights(self._db, self._clock)
        set_menu = partial(commands.set_menu, self._bot, self._router, lambda: self._settings.policy.desk_url)
        remember = Messages(self._db, self._clock)
        sender = Sender(
            self._bot,
            pictures,
            remember=remember,
            sights=sights,
            cover=lambda: cover_of(self._settings.policy, self._bot.id),
            set_menu=set_menu,
        )
        incidents = Incidents(self._bot, policy.operators, time=time.monotonic)
        queries = PaymentQueries(self._bot, self._router, incidents, self._gate_seconds)
        dispatch = Dispatch(house, self._router, people, alone=self._alone)
        chats = Chats(self._bot, pictures, self._limit, remember)
        edge = Edge(
            db=self._db,
            bot=self._bot,
            router=self._router,
            dispatch=dispatch,
            groups=Groups(
                house=house, router=self._router, dispatch=dispatch, bot=self._bot, chats=chats, incidents=incidents
            ),
            inline=InlineQueries(house=house, router=self._router, bot=self._bot, incidents=incidents),
            people=people,
            sender=sender,
            incidents=incidents,
            queries=queries,
            outage=Outage(queries, incidents),
            observe=self._observe,
        )
        self._lists = GoingOn(house, self._router, sender, self._limit)
        self._posting = Posting(house, self._router, chats, self._limit)
        self._turns = Turns(noting(edge.handle, self._db, self._clock, policy))
        repeats = None if self._alone else Repeats(self._db, self._clock)
        self._webhook = Webhook(self._turns, repeats, Unhandled(self._db, self._clock, policy))
        self._polling = Polling(self._bot, self._db, self._clock, self._turns, policy=policy)
        self.herald: Herald = TelegramHerald(house, self._bot, sender, self._limit, _progress(self._router))
        self.courier: Courier = TelegramCourier(house, self._router, sender, sights, self._limit, chats)

    async def follow_posts(self) -> int:
        """Bring products on show in groups and channels up to date; how many posts were edited."""
        return await self._posting.follow()

    async def write_glances(self) -> bool:
        """Write down what people looked at; whether there may be more."""
        return await self._glances.write()

    async def go_on_with_lists(self) -> bool:
        """Bring a long list of products to its end; whether there was one."""
        return await self._lists.run()

    @property
    def waiting(self) -> int:
        """How many updates are in hand."""
        return self._turns.waiting

    async def publish_commands(self) -> None:
        """Bring the menus and the introduction up to date; while the database is away they stay as they are."""
        try:
            async with self._db.read() as session:
                owners = await staff.list_owners(session)
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("menus_not_published", error=type(error).__name__)
            return
        policy = self._settings.policy
        await commands.publish(self._bot, self._router, owners, policy.operators, desk=policy.desk_url)
        await introduction.introduce(self._bot, self._settings.policy.shop_name)

    async def listen(self, url: str, secret: str, *, connections: int = 40) -> None:
        """Have Telegram deliver updates to this address, repeating the secret with each."""
        settings = {"secret_token": secret, "allowed_updates": list(ALLOWED_UPDATES), "max_connections": connections}
        await self._insist(partial(self._bot.call, "setWebhook", {"url": url, **settings}))

    async def take(self, update: Mapping[str, Any]) -> Taken:
        """Handle a delivery that was verified: "done", "full" (no room now) or "failed" (deliver it again)."""
        return await self._webhook.take(update)

    async def poll(self) -> None:
        """Fetch updates until cancelled. Raises InvalidToken."""
        await self._insist(partial(self._bot.delete_webhook, drop_pending_updates=False))
        try:
            await self._polling.run()
        finally:
            await self._polling.confirm()

    async def replay(self) -> None:
        """Handle money that a delivery by webhook could not book; polling does it by itself."""
        await self._polling.replay()

    async def drain(self) -> None:
        """Wait until everything taken so far was handled and shown."""
        await self._turns.drain()

    async def stop(self) -> None:
        """Finish what is in hand and close the connections."""
        if self._started:
            await self._turns.drain()
        await self._bot.shutdown()  # Telegram may never have been reached, and connections be open all the same
        await self._limit.close()


def _progress(router: Router) -> Draw:
    """How a broadcast's seller sees how far it is, wherever they left that message."""
    standing = Standing(router)
    return lambda visit, of: standing.draw(visit, OpenBroadcast(of.broadcast.id))

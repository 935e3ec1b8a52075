"""The bot as one object: built by the switchboard, started, fed by polling or by a webhook, and stopped."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
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
from bot.routing.incidents import Incidents
from bot.routing.outage import Outage
from bot.routing.payment_queries import PaymentQueries
from bot.routing.people import AMONG_OTHERS, FRESH, People
from bot.routing.router import Router
from bot.routing.sights import Sights
from bot.routing.visit import House
from bot.screens.buying.cart import handlers as cart
from bot.screens.buying.cart import promo as cart_promo
from bot.screens.buying.catalogue import handlers as catalogue
from bot.screens.buying.checkout import address as checkout_address
from bot.screens.buying.checkout import handlers as checkout
from bot.screens.buying.checkout import paying as checkout_paying
from bot.screens.buying.help import handlers as help  # noqa: A004  named for the screen
from bot.screens.buying.home import handlers as start
from bot.screens.buying.keys import handlers as keys
from bot.screens.buying.messages import handlers as messages
from bot.screens.buying.messages import reading as messages_reading
from bot.screens.buying.notices import handlers as notices
from bot.screens.buying.orders import handlers as orders
from bot.screens.buying.orders import requests as order_requests
from bot.screens.buying.payments import handlers as payments
from bot.screens.buying.reviews import handlers as reviews
from bot.screens.buying.search import handlers as search
from bot.screens.parts import sure_unanswered as sure
from bot.screens.selling.admins import handlers as admins
from bot.screens.selling.bans import handlers as bans
from bot.screens.selling.dismissing import handlers as dismissing
from bot.screens.selling.keys import adding as keys_adding
from bot.screens.selling.keys import handlers as keys_selling
from bot.screens.selling.keys import order_keys
from bot.screens.selling.messages import handlers as messages_selling
from bot.screens.selling.orders import cancelling as selling_cancel
from bot.screens.selling.orders import completing as selling_complete
from bot.screens.selling.orders import finding as selling_find
from bot.screens.selling.orders import handlers as selling
from bot.screens.selling.products import adding as products_add
from bot.screens.selling.products import caption as products_caption
from bot.screens.selling.products import editing as products_edit
from bot.screens.selling.products import handlers as products
from bot.screens.selling.products import reducing as products_reduce
from bot.screens.selling.products import restocking as products_restock
from bot.screens.selling.products import variants as products_variants
from bot.screens.selling.promotions import handlers as promotions
from bot.screens.selling.refunds import handlers as refunds
from bot.screens.selling.staff import handlers as selling_staff
from bot.screens.selling.staff import joining as selling_joining
from bot.sending.api import NotTelegram, ShopBot, pause
from bot.sending.courier import TelegramCourier
from bot.sending.files import TelegramFiles
from bot.sending.limits import FloodLimit, OwnLimit
from bot.sending.messages import Messages
from bot.sending.pictures import Pictures, cover_of
from bot.sending.sender import Sender
from db.session import Database, is_away
from shop.catalog.shelves import Shelves
from shop.clock import Clock
from shop.people import staff
from shop.policy import Policy
from shop.ports import Courier, Provider

HANDLERS: tuple[ModuleType, ...] = (
    start,
    catalogue,
    search,
    cart,
    cart_promo,
    checkout,
    checkout_address,
    checkout_paying,
    payments,
    orders,
    order_requests,
    reviews,
    keys,
    keys_selling,
    keys_adding,
    order_keys,
    selling,
    promotions,
    selling_complete,
    selling_cancel,
    selling_find,
    refunds,
    messages,
    messages_reading,
    messages_selling,
    notices,
    help,
    products,
    products_add,
    products_caption,
    products_restock,
    products_reduce,
    products_edit,
    products_variants,
    admins,
    dismissing,
    bans,
    selling_staff,
    selling_joining,
    sure,
)

REST, LONGEST_REST = 0.5, 5.0  # seconds between two tries to reach Telegram at the start

log = structlog.get_logger()


def join(modules: tuple[ModuleType, ...] = HANDLERS) -> Router:
    """One table of routes out of every module's `router`. Raises ValueError when two serve the same thing."""
    router = Router()
    for module in modules:
        router.include(module.router)
    return router


class BotApp:
    """Everything that talks Telegram.

    Order of use: `await start()`; then either `await listen(url, secret)` once and `await take(update)` for each
    delivery, or `await poll()`, which runs until it is cancelled; `courier` goes to `shop.notifications.deliver_due`;
    at the end `await stop()`, which finishes what is in hand. `await publish_commands()` may run beside them.
    """

    def __init__(  # noqa: PLR0913  the last three have their usual values
        self,
        *,
        db: Database,
        clock: Clock,
        policy: Policy,
        bot: ShopBot,
        providers: Mapping[str, Provider],
        media: Path,
        observe: Observe | None = None,
        flood_limit: FloodLimit | None = None,
        alone: bool = True,
    ) -> None:
        """`bot` need not be initialised yet; `media` is the folder of pictures with a relative source.

        `alone`: no other process serves the same people, so that what is known of them may be remembered.
        """
        self._db = db
        self._clock = clock
        self._policy = policy
        self._bot = bot
        self._providers = providers
        self._media = media
        self._observe = observe
        self._limit: FloodLimit = flood_limit or OwnLimit()
        self._alone = alone
        self._router = join()
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
            policy=self._policy,
            providers=self._providers,
            bot_id=self._bot.id,
            bot_username=self._bot.username,
            media=self._media,
            people=people,
            shelves=Shelves(self._db, clock=self._clock),
            files=TelegramFiles(self._bot),
        )
        pictures = Pictures(self._db, self._clock, bot_id=self._bot.id, media=self._media)
        cover = cover_of(self._policy)
        sights = Sights(self._db, self._clock)
        set_menu = partial(commands.set_menu, self._bot, self._router)
        remember = Messages(self._db, self._clock)
        sender = Sender(self._bot, pictures, remember=remember, sights=sights, cover=cover, set_menu=set_menu)
        incidents = Incidents(self._bot, self._policy.operators, time=time.monotonic)
        queries = PaymentQueries(self._bot, self._router, incidents)
        edge = Edge(
            db=self._db,
            bot=self._bot,
            router=self._router,
            dispatch=Dispatch(house, self._router, people, alone=self._alone),
            people=people,
            sender=sender,
            incidents=incidents,
            queries=queries,
            outage=Outage(queries, incidents),
            observe=self._observe,
        )
        self._turns = Turns(noting(edge.handle, self._db, self._clock, self._policy))
        repeats = None if self._alone else Repeats(self._db, self._clock)
        self._webhook = Webhook(self._turns, repeats, Unhandled(self._db, self._clock, self._policy))
        self._polling = Polling(self._bot, self._db, self._clock, self._turns, policy=self._policy)
        self.courier: Courier = TelegramCourier(house, self._router, sender, sights, self._limit)

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
        await commands.publish(self._bot, self._router, owners, self._policy.operators)
        await introduction.introduce(self._bot, self._policy.shop_name)

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

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
from bot.api import ShopBot, pause
from bot.courier import TelegramCourier
from bot.dispatch import Dispatch
from bot.edge import Edge, Observe
from bot.handlers import (
    admins,
    cart,
    catalogue,
    checkout,
    checkout_address,
    checkout_paying,
    help,  # noqa: A004  named for the screen
    messages,
    messages_reading,
    messages_selling,
    notices,
    order_requests,
    orders,
    payments,
    products,
    products_add,
    products_caption,
    products_edit,
    products_restock,
    products_variants,
    refunds,
    reviews,
    search,
    selling,
    selling_cancel,
    selling_complete,
    selling_find,
    start,
    sure,
)
from bot.incidents import Incidents
from bot.intake.polling import Polling, noting
from bot.intake.reading import ALLOWED_UPDATES
from bot.intake.repeats import Repeats
from bot.intake.turns import Turns
from bot.intake.webhook import Taken, Webhook
from bot.limits import FloodLimit, OwnLimit
from bot.messages import Messages
from bot.outage import Outage
from bot.payment_queries import PaymentQueries
from bot.people import AMONG_OTHERS, FRESH, People
from bot.pictures import Pictures, cover_of
from bot.router import Router
from bot.sender import Sender
from bot.sights import Sights
from bot.visit import House
from db.session import Database, is_away
from shop import users
from shop.clock import Clock
from shop.policy import Policy
from shop.ports import Courier, Provider
from shop.shelves import Shelves

HANDLERS: tuple[ModuleType, ...] = (
    start,
    catalogue,
    search,
    cart,
    checkout,
    checkout_address,
    checkout_paying,
    payments,
    orders,
    order_requests,
    reviews,
    selling,
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
    products_edit,
    products_variants,
    admins,
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
        """Reach Telegram, waiting for it if need be. Raises InvalidToken."""
        await self._insist(self._bot.initialize)
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
        )
        pictures = Pictures(self._db, self._clock, bot_id=self._bot.id, media=self._media)
        cover = cover_of(self._policy)
        sights = Sights(self._db, self._clock)
        sender = Sender(self._bot, pictures, remember=Messages(self._db, self._clock), sights=sights, cover=cover)
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
        self._turns = Turns(noting(edge.handle, self._db, self._clock))
        self._webhook = Webhook(self._turns, None if self._alone else Repeats(self._db, self._clock))
        self._polling = Polling(self._bot, self._db, self._clock, self._turns)
        self.courier: Courier = TelegramCourier(house, self._router, sender, sights, self._limit)

    @property
    def waiting(self) -> int:
        """How many updates are in hand."""
        return self._turns.waiting

    async def publish_commands(self) -> None:
        """Bring the menus and the introduction up to date; while the database is away they stay as they are."""
        try:
            async with self._db.read() as session:
                owners = await users.list_owners(session)
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

    async def drain(self) -> None:
        """Wait until everything taken so far was handled and shown."""
        await self._turns.drain()

    async def stop(self) -> None:
        """Finish what is in hand and close the connections."""
        if self._started:
            await self._turns.drain()
        await self._bot.shutdown()  # Telegram may never have been reached, and connections be open all the same
        await self._limit.close()

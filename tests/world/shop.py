"""The whole shop for a story: the real bot over real HTTP against the pretend Telegram, a clock that can be moved."""

import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from msgspec.structs import replace
from structlog.testing import LogCapture
from structlog.typing import EventDict

from app.assemble import Storefront, assemble
from app.config import Config
from app.config.payments import Cash, Payments, Stripe
from app.config.secret import Secret
from app.config.services import Database as DatabaseSettings
from app.config.services import Desk, Telegram
from app.config.shop import Shipping, Shop
from app.listening import bind
from app.schedule import Schedule
from app.serve import opened
from db.session import Database
from shop import doctor
from simulator.server import Simulator
from simulator.stripe import PretendStripe
from tests.world.clock import ManualClock, ShopTime, skipping
from tests.world.compiled import compile_once
from tests.world.guests import Guest
from tests.world.people import ANN, BOB, EVE, IVAN, OLGA, OSCAR, Someone, user

TOKEN = "4242:pretend-token-of-the-test-shop"
PROVIDER_TOKEN = "4242:TEST:pretend-provider"
STRIPE_KEY = "sk_test_pretend_story"
STRIPE_SECRET = "whsec_pretend_story"
PICTURES = Path(__file__).parents[2] / "app/demo/pictures"
QUIET = 0.001  # seconds: the shop itself says whether it has something in hand
PATIENCE = 120  # seconds; only a machine that is busy with other things comes near
WRONG = {"error", "critical"}


def settings(database_url: str, simulator: Simulator, **shop: Any) -> Config:
    """The configuration of the story's shop: every provider on, Oscar operates; `shop` are other settings of [shop]."""
    usual: dict[str, Any] = {
        "support": "Write to help@shop.example",
        "terms": "No terms.",
        "shipping": (
            Shipping(id="post", title="Post", price="4.90", countries=("DE", "AT")),
            Shipping(id="courier", title="Courier", price="9.90", countries=("DE",)),
        ),
    }
    return Config(
        telegram=Telegram(token=Secret(TOKEN), api_url=simulator.url, provider_token=Secret(PROVIDER_TOKEN)),
        database=DatabaseSettings(url=Secret(database_url)),
        shop=Shop(
            name="Test shop",
            operators=(OSCAR.telegram_id,),
            **{"media": str(PICTURES), **usual, **shop},
        ),
        payments=Payments(
            stripe=Stripe(
                secret_key=Secret(STRIPE_KEY),
                webhook_secret=Secret(STRIPE_SECRET),
                api_url=simulator.stripe_url,
            ),
            cash=Cash(enabled=True, instructions="Have it ready."),
        ),
    )


class OpenShop:
    """An open shop and the people in front of it. The schedule does not tick by itself: see `tick` and `passes`."""

    def __init__(
        self,
        simulator: Simulator,
        config: Config,
        clock: ManualClock,
        log: LogCapture,
        bound: socket.socket | None = None,
    ) -> None:
        self._bound = bound
        self.simulator = simulator
        self.config = config
        self.clock = clock
        self.hurries = True  # the seconds of the flood limit pass at once
        self._log = log
        self._stack = AsyncExitStack()
        self._front: Storefront | None = None
        self._schedule: Schedule | None = None
        self.ann, self.bob, self.eve = self.guest(ANN), self.guest(BOB), self.guest(EVE)
        self.olga, self.ivan, self.oscar = self.guest(OLGA), self.guest(IVAN), self.guest(OSCAR)

    def guest(self, who: Someone) -> Guest:
        """Somebody with the shop's chat open."""
        return Guest(self.simulator, who, self.settle)

    @property
    def front(self) -> Storefront:
        """What the configuration was made into."""
        assert self._front is not None, "the shop is closed"
        return self._front

    @property
    def db(self) -> Database:
        """The shop's own database."""
        return self.front.db

    async def open(self) -> None:
        """Open the shop, on whatever its database holds."""
        self._front = assemble(
            self.config, clock=self.clock, limit=skipping() if self.hurries else None, gate_seconds=PATIENCE
        )
        compile_once(self._front.db)
        bound, self._bound = self._bound, None
        web = bound is not None
        running = await self._stack.enter_async_context(opened(self._front, web=web, ticking=False, bound=bound))
        self._schedule = running.schedule
        await self.settle()

    async def close(self) -> None:
        """Close it in order."""
        await self._stack.aclose()
        self._front = self._schedule = None

    async def reopen(self) -> None:
        """Close and open again: what was only in memory is gone."""
        await self.close()
        await self.open()

    async def settle(self) -> None:
        """Wait until everything that was said and tapped has been answered."""
        while True:
            await self.simulator.idle(PATIENCE, quiet=QUIET)
            if self._front is None or not self._front.bot.waiting:
                return

    async def tick(self) -> None:
        """Let the schedule do everything once."""
        assert self._schedule is not None
        await self._schedule.run_once()
        await self.settle()

    async def passes(self, **parts: float) -> None:
        """Let time pass (days, hours, minutes, seconds), and the schedule with it."""
        self.clock.pass_by(**parts)
        if any(bot.subscriptions for bot in self.simulator.world.bots.values()):
            self.simulator.renew()
            await self.settle()
        await self.tick()

    async def keeps_its_promises(self) -> None:
        """Fail when the doctor finds anything wrong."""
        async with self.db.read() as session:
            findings = await doctor.check(session, now=self.clock.now())
        assert not findings, findings

    @property
    def log(self) -> list[EventDict]:
        """What was logged since the last look for incidents."""
        return list(self._log.entries)

    def incidents(self) -> list[EventDict]:
        """What went wrong unexpectedly since the last look."""
        found = [entry for entry in self._log.entries if entry["log_level"] in WRONG]
        self._log.entries.clear()
        return found


@asynccontextmanager
async def open_shop(
    database_url: str,
    clock: ManualClock,
    *,
    desk: bool = False,
    change: Callable[[Config, Simulator], Config] = lambda config, _: config,
    **shop_settings: Any,
) -> AsyncGenerator[OpenShop]:
    """A shop that is open, without goods, with a desk if asked for; at the end nothing unexpected may have happened.

    `change` makes another configuration of the usual one.
    """
    log = LogCapture()
    before = structlog.get_config()
    structlog.configure(processors=[structlog.processors.format_exc_info, log])
    try:
        simulator = Simulator()
        simulator.world.answer_deadline = PATIENCE
        simulator.stripe = PretendStripe(ShopTime(clock))  # its pages close by the shop's time
        async with simulator:
            simulator.world.bot(TOKEN).username = "test_shop_bot"
            simulator.world.calendar = ShopTime(clock)  # and what is paid every month is charged by it
            config = change(settings(database_url, simulator, **shop_settings), simulator)
            bound = bind("127.0.0.1", 0) if desk else None
            if bound is not None:
                address = f"http://127.0.0.1:{bound.getsockname()[1]}/desk"
                config = replace(config, desk=Desk(url=address, frames=(simulator.url,)))
            shop = OpenShop(simulator, config, clock, log, bound)
            await shop.open()
            try:
                async with shop.db.begin() as session:
                    for seller in (OLGA, IVAN):
                        await user(session, seller, now=clock.now())
                yield shop
            finally:
                await shop.close()
            unexpected = shop.incidents()
            assert not unexpected, f"went wrong unexpectedly: {unexpected}"
    finally:
        structlog.configure(**before)

"""The real PayPal provider at the counter, with the pretend PayPal behind it on the shop's own clock."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.routing import Mount

from db.models import Order
from payments.paypal import PayPal
from shop.payments.checking import check_order
from shop.payments.settle import Settlement
from simulator.delivery import Endpoint
from simulator.paypal import PretendPayPal, routes
from tests.payments.counter import Counter
from tests.payments.pretend import no_pause
from tests.world.clock import ManualClock, ShopTime
from tests.world.serving import serve

CLIENT = "pretend-counter"
SECRET = "pretend-secret-of-the-counter"
WEBHOOK = "8PT597110X687430LKGECATA"
Post = tuple[bytes, Mapping[str, str]]


@dataclass
class PayPalCounter:
    """A counter where people agree on PayPal's page."""

    counter: Counter
    pretend: PretendPayPal
    paypal: PayPal

    async def page(self, order: Order) -> str:
        """Open PayPal's page; the id of PayPal's order."""
        attempt, _ = await self.counter.open(order, "paypal")
        assert attempt.reference is not None
        return attempt.reference

    async def agreed(self, way: str = "pays", *, stock: int = 5) -> Order:
        """Ann orders a tea and agrees on PayPal's page, paying this way."""
        order = await self.counter.order(await self.counter.stock_up(stock=stock))
        self.pretend.approve(await self.page(order), way)
        return order

    async def paid(self, way: str = "pays") -> Order:
        """Ann agreed, came back to the chat, and the shop took the money."""
        order = await self.agreed(way)
        await self.look(order)
        return order

    async def look(self, order: Order) -> list[Settlement]:
        """Ann comes back to the chat, or taps "check"."""
        counter = self.counter
        return await check_order(counter.db, counter.providers, order.id, clock=counter.clock, policy=counter.policy)

    def delivery(self, event_id: str) -> Post:
        """One event as a signed webhook."""
        account = self.pretend.account
        return account.notary.pack(account.events[event_id], Endpoint("", WEBHOOK), account.now())

    def deliveries(self) -> list[Post]:
        """Every event so far as a signed webhook, oldest first."""
        return [self.delivery(event_id) for event_id in self.pretend.account.events]

    async def receive(self, body: bytes, headers: Mapping[str, str]) -> Settlement | None:
        """What the webhook and the schedule do with a delivery."""
        return await self.counter.receive(self.paypal, body, headers)

    async def receive_all(self) -> None:
        """Every event, in order."""
        for body, headers in self.deliveries():
            await self.receive(body, headers)

    @property
    def taken(self) -> list[str]:
        """How the captures stand."""
        return [one.status for one in self.pretend.account.captures.values()]


@asynccontextmanager
async def pretend_paypal(
    clock: ManualClock | None = None, *, timeout: float = 5.0
) -> AsyncGenerator[tuple[PretendPayPal, PayPal]]:
    """A pretend PayPal on a free port, and the real provider that talks to it."""
    pretend = PretendPayPal(ShopTime(clock or ManualClock()))
    async with serve(Starlette(routes=[Mount("/paypal", routes=routes(pretend))])) as address:
        url = f"{address}/paypal"
        pretend.account.notary.url = url
        paypal = PayPal(CLIENT, SECRET, webhook_id=WEBHOOK, api_url=url, timeout=timeout, pause=no_pause)
        try:
            yield pretend, paypal
        finally:
            await paypal.hang_up()
            pretend.account.chaos.clear()


@asynccontextmanager
async def paypal_counter(counter: Counter, *, timeout: float = 5.0) -> AsyncGenerator[PayPalCounter]:
    """The counter with a pretend PayPal on the shop's own clock."""
    async with pretend_paypal(counter.clock, timeout=timeout) as (pretend, paypal):
        counter.others["paypal"] = paypal
        yield PayPalCounter(counter, pretend, paypal)

"""The real Stripe provider at the counter, with the pretend Stripe behind it on the shop's own clock."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import stripe as sdk
from starlette.applications import Starlette
from starlette.routing import Mount

from db.models import Order
from payments.stripe import Stripe
from shop.payments.settle import Settlement
from simulator.stripe import PretendStripe, routes
from simulator.stripe.shapes.aftermath import event_json
from tests.payments.counter import Counter
from tests.world.clock import ManualClock, ShopTime
from tests.world.serving import serve

KEY = "sk_test_pretend_counter"
SECRET = "whsec_pretend_counter"


async def no_pause(_seconds: float) -> None:
    """A pause that takes no time."""


@dataclass
class StripeCounter:
    """A counter where the card terminal is Stripe's."""

    counter: Counter
    pretend: PretendStripe
    stripe: Stripe

    async def page(self, order: Order) -> str:
        """Open the payment page; the session's id."""
        attempt, _ = await self.counter.open(order, "stripe")
        assert attempt.reference is not None
        return attempt.reference

    def deliveries(self) -> list[tuple[bytes, dict[str, str]]]:
        """Every event so far as a signed webhook, oldest first."""
        return [self.delivery(event_id) for event_id in self.pretend.account.events]

    def delivery(self, event_id: str) -> tuple[bytes, dict[str, str]]:
        """One event as a signed webhook."""
        body = json.dumps(event_json(self.pretend.account.events[event_id], 1))
        return body.encode(), {"stripe-signature": signature(body)}

    async def receive(self, body: bytes, headers: dict[str, str]) -> Settlement | None:
        """What the webhook and the schedule do with a delivery."""
        return await self.counter.receive(self.stripe, body, headers)

    async def receive_all(self) -> None:
        """Every event, in order."""
        for body, headers in self.deliveries():
            await self.receive(body, headers)


def signature(body: str, secret: str = SECRET, timestamp: int | None = None) -> str:
    """The header that Stripe would send with this body (the SDK compares with the machine's time)."""
    return str(sdk.WebhookSignature.generate_signature_header(body, secret, timestamp=timestamp))


@asynccontextmanager
async def pretend_stripe(
    clock: ManualClock | None = None, *, timeout: float = 5.0, key: str = KEY
) -> AsyncGenerator[tuple[PretendStripe, Stripe]]:
    """A pretend Stripe on a free port, and the real provider that talks to it."""
    pretend = PretendStripe(ShopTime(clock or ManualClock()))
    async with serve(Starlette(routes=[Mount("/stripe", routes=routes(pretend))])) as address:
        url = f"{address}/stripe"
        stripe = Stripe(key, webhook_secret=SECRET, api_url=url, timeout=timeout, pause=no_pause)
        try:
            yield pretend, stripe
        finally:
            await stripe.hang_up()
            pretend.account.chaos.clear()


@asynccontextmanager
async def stripe_counter(counter: Counter, *, timeout: float = 5.0) -> AsyncGenerator[StripeCounter]:
    """The counter with a pretend Stripe on the shop's own clock."""
    async with pretend_stripe(counter.clock, timeout=timeout) as (pretend, stripe):
        counter.others["stripe"] = stripe
        yield StripeCounter(counter, pretend, stripe)

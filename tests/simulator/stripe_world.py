"""A pretend Stripe on a free port, the real SDK pointed at it, and a shop that listens for webhooks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import stripe as sdk
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from stripe.params.checkout import SessionCreateParams

from simulator.clock import ManualClock
from simulator.stripe import PretendStripe, routes
from tests.world.serving import serve

KEY = "sk_test_pretend"
SECRET = "whsec_pretend"


@dataclass
class Shop:
    """Receives webhooks; `answers` are the statuses it gives, the last one again and again."""

    answers: list[int] = field(default_factory=lambda: [200])
    posts: list[tuple[bytes, str]] = field(default_factory=list)

    async def receive(self, request: Request) -> Response:
        self.posts.append((await request.body(), request.headers["Stripe-Signature"]))
        return Response(status_code=self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])

    def events(self) -> list[sdk.Event]:
        return [sdk.Webhook.construct_event(body, header, SECRET) for body, header in self.posts]

    def types(self) -> list[str]:
        return [event.type for event in self.events()]


@dataclass
class World:
    """What a test holds: the pretend, its clock, its address, the SDK's client, the shop."""

    stripe: PretendStripe
    clock: ManualClock
    url: str
    client: sdk.StripeClient
    shop: Shop

    async def open_session(self, **changes: object) -> sdk.checkout.Session:
        return await self.client.v1.checkout.sessions.create_async(order(**changes))

    async def post_pay(self, session_id: str, rate: int, country: str) -> None:
        """Pay through the control API, with an address."""
        address = {"line1": "Lindenallee 7", "postal_code": "10115", "city": "Berlin", "country": country}
        body = {"session": session_id, "rate": rate, "address": address}
        await self.control("pay", body)

    async def control(self, what: str, body: dict[str, object]) -> dict[str, object]:
        """Post to the control API; gives its JSON."""
        url = f"{self.url}/stripe/control/{what}"
        async with aiohttp.ClientSession() as http, http.post(url, json=body) as answer:
            assert answer.status == 200, await answer.text()
            found = await answer.json()
        assert isinstance(found, dict)
        return found

    async def paid(self, card: str = "pays", **changes: object) -> sdk.PaymentIntent:
        """Open a session, pay it, and give its intent."""
        session = await self.open_session(**changes)
        self.stripe.pay(session.id, card)
        done = await self.client.v1.checkout.sessions.retrieve_async(session.id, {"expand": ["payment_intent"]})
        assert isinstance(done.payment_intent, sdk.PaymentIntent)
        return done.payment_intent


def order(**changes: object) -> SessionCreateParams:
    """The parameters of an ordinary order: two teas at 12.50 EUR."""
    params: dict[str, object] = {
        "mode": "payment",
        "success_url": "https://t.me/pretend_bot?start=paid_abc",
        "cancel_url": "https://t.me/pretend_bot",
        "client_reference_id": "1042",
        "line_items": [line(1250, 2)],
        "metadata": {"order": "1042"},
        "payment_intent_data": {"metadata": {"order": "1042"}},
    }
    return params | changes  # type: ignore[return-value]  # the SDK's TypedDict is open to what a test wants to break


def line(amount: int, quantity: int = 1, currency: str = "eur", name: str = "Sencha") -> dict[str, object]:
    """One line with inline price data."""
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": name}}
    return {"quantity": quantity, "price_data": price}


@asynccontextmanager
async def running() -> AsyncIterator[World]:
    """A pretend Stripe with a clock that stands still, and a shop whose webhook is registered."""
    clock, shop = ManualClock(), Shop()
    stripe = PretendStripe(clock)
    mounts = [Mount("/stripe", routes=routes(stripe)), Route("/webhook", shop.receive, methods=["POST"])]
    async with serve(Starlette(routes=mounts)) as url, aiohttp.ClientSession() as session:
        http = sdk.AIOHTTPClient(timeout=5, session=session)
        client = sdk.StripeClient(KEY, base_addresses={"api": f"{url}/stripe"}, http_client=http, max_network_retries=0)
        stripe.register_webhook(f"{url}/webhook", SECRET)
        try:
            yield World(stripe, clock, url, client, shop)
        finally:
            stripe.account.chaos.clear()

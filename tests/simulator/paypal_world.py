"""A pretend PayPal on a free port, PayPal's own package pointed at it, and a shop that listens for webhooks."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from paypalserversdk.configuration import Configuration, Environment, Server
from paypalserversdk.http.auth.o_auth_2 import ClientCredentialsAuthCredentials
from paypalserversdk.paypal_serversdk_client import PaypalServersdkClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from simulator.clock import ManualClock
from simulator.paypal import PretendPayPal, routes
from tests.world.serving import serve

CLIENT = "pretend-client"
SECRET = "pretend-secret-of-paypal"
WEBHOOK = "8PT597110X687430LKGECATA"


@dataclass
class Shop:
    """Receives webhooks, and keeps their bytes and headers."""

    answers: list[int] = field(default_factory=lambda: [200])
    posts: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    async def receive(self, request: Request) -> Response:
        self.posts.append((await request.body(), dict(request.headers)))
        return Response(status_code=self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])


@dataclass
class World:
    """What a test holds: the pretend, its clock, its address, a bare client, PayPal's client, the shop."""

    paypal: PretendPayPal
    clock: ManualClock
    url: str
    http: httpx.AsyncClient
    sdk: PaypalServersdkClient
    shop: Shop

    async def token(self) -> str:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        form = {"grant_type": "client_credentials"}
        answer = await self.http.post("/v1/oauth2/token", data=form, headers={"Authorization": f"Basic {basic}"})
        return str(answer.json()["access_token"])

    async def call(
        self, method: str, path: str, body: object = None, *, key: str | None = None, token: str | None = None
    ) -> tuple[int, dict[str, Any]]:
        """One request, with a request id if there is a key."""
        headers = {"Authorization": f"Bearer {token or await self.token()}", "Prefer": "return=representation"}
        if key is not None:
            headers["PayPal-Request-Id"] = key
        answer = await self.http.request(method, path, json=body, headers=headers)
        found = answer.json()
        assert isinstance(found, dict)
        return answer.status_code, found

    async def opened(self, **changes: object) -> str:
        """Open an order; its id."""
        status, order = await self.call("POST", "/v2/checkout/orders", body(**changes))
        assert status == 201, order
        return str(order["id"])

    async def captured(self, way: str = "pays", **changes: object) -> str:
        """Open, agree and capture; the capture's id."""
        order = await self.opened(**changes)
        self.paypal.approve(order, way)
        status, done = await self.call("POST", f"/v2/checkout/orders/{order}/capture")
        assert status == 201, done
        return str(done["purchase_units"][0]["payments"]["captures"][0]["id"])


def body(**changes: object) -> dict[str, object]:
    """An ordinary order: two teas at 12.50 EUR; `changes` are fields of its purchase unit."""
    unit: dict[str, object] = {
        "custom_id": "attempt-1",
        "description": "Order #1042",
        "amount": amount("25.00", item_total="25.00"),
        "items": [{"name": "Sencha", "quantity": "2", "unit_amount": money("12.50")}],
    }
    experience = {"return_url": "https://t.me/pretend_bot?start=paid_abc", "cancel_url": "https://t.me/pretend_bot"}
    return {
        "intent": "CAPTURE",
        "purchase_units": [unit | changes],
        "payment_source": {"paypal": {"experience_context": experience}},
    }


def money(value: str, currency: str = "EUR") -> dict[str, str]:
    return {"currency_code": currency, "value": value}


def amount(value: str, currency: str = "EUR", **breakdown: str) -> dict[str, object]:
    """An amount with what it is made of."""
    return {**money(value, currency), "breakdown": {name: money(part, currency) for name, part in breakdown.items()}}


def issue(answer: Mapping[str, Any]) -> str:
    """Why it was refused."""
    return str(answer["details"][0]["issue"])


@asynccontextmanager
async def running() -> AsyncIterator[World]:
    """A pretend PayPal with a clock that stands still, and a shop whose webhook is registered."""
    clock, shop = ManualClock(), Shop()
    paypal = PretendPayPal(clock)
    mounts = [Mount("/paypal", routes=routes(paypal)), Route("/webhook", shop.receive, methods=["POST"])]
    async with serve(Starlette(routes=mounts)) as url, httpx.AsyncClient(base_url=f"{url}/paypal") as http:
        paypal.account.notary.url = f"{url}/paypal"
        paypal.register_webhook(f"{url}/webhook", WEBHOOK)
        try:
            yield World(paypal, clock, url, http, client(f"{url}/paypal"), shop)
        finally:
            paypal.account.chaos.clear()


def client(url: str) -> PaypalServersdkClient:
    """PayPal's own client, pointed at the pretend."""
    configuration = Configuration(
        environment=Environment.SANDBOX,
        client_credentials_auth_credentials=ClientCredentialsAuthCredentials(CLIENT, SECRET),
    )
    environments = {**Configuration.environments, Environment.SANDBOX: {Server.DEFAULT: url}}
    configuration.environments = environments
    return PaypalServersdkClient(config=configuration)


async def judged(call: Any, options: Mapping[str, object]) -> Any:
    """Ask through PayPal's package, which waits in a thread of its own; the body it understood."""
    answer = await asyncio.to_thread(call, dict(options))
    return answer.body

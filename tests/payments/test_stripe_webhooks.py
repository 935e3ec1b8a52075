"""The address for Stripe's webhooks: genuine news is kept before the 200, everything else is turned away."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select
from structlog.testing import capture_logs

from app.assemble import assemble
from app.config import Config
from app.config.payments import Payments, Stripe
from app.config.secret import Secret
from app.config.services import Database as DatabaseSettings
from app.config.services import Telegram
from app.front import front
from db.models import Order, OrderStatus, PaymentEvent
from db.session import Database
from shop.payments import inbox
from shop.ports import WebhookProvider
from tests.payments.counter import Counter
from tests.payments.pretend import SECRET, StripeCounter, signature, stripe_counter
from web.application import Doors, create
from web.body import LARGEST

pytestmark = pytest.mark.one_database
PATH = "/webhooks/stripe"


@pytest.fixture
async def desk(counter: Counter) -> AsyncGenerator[StripeCounter]:
    async with stripe_counter(counter) as opened:
        yield opened


async def nothing() -> None:
    """No metrics to refresh."""


@asynccontextmanager
async def door(desk: StripeCounter, db: Database | None = None) -> AsyncGenerator[httpx.AsyncClient]:
    """The shop's web server with the real provider, before its database or another."""
    providers: dict[str, WebhookProvider] = {"stripe": desk.stripe}
    keep = partial(inbox.receive, db or desk.counter.db, clock=desk.counter.clock)
    doors = Doors(checks={}, registry=CollectorRegistry(), refresh=nothing, providers=providers, keep=keep)
    transport = httpx.ASGITransport(create(doors), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        yield client


async def kept(desk: StripeCounter) -> list[str]:
    """The ids of events in the inbox."""
    async with desk.counter.db.read() as session:
        return list(await session.scalars(select(PaymentEvent.event_id).order_by(PaymentEvent.id)))


async def a_delivery(desk: StripeCounter) -> tuple[bytes, str]:
    """Ann pays on her page; the body that tells of it, and the id of its event."""
    order = await desk.counter.order(await desk.counter.stock_up())
    desk.pretend.pay(await desk.page(order))
    events = desk.pretend.account.events.values()
    event = next(one for one in events if one.type == "checkout.session.completed")
    return desk.delivery(event.id)[0], event.id


def signed(body: bytes, *, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """The header of a delivery that was signed so many seconds ago."""
    return {"Stripe-Signature": signature(body.decode(), secret, int(time.time()) - age)}


async def test_genuine_news_is_kept_before_it_is_acknowledged_and_once(desk: StripeCounter) -> None:
    """Fault 4. Guard: the unique (provider, event id) of the inbox."""
    body, event_id = await a_delivery(desk)

    async with door(desk) as client:
        answers = [await client.post(PATH, content=body, headers=signed(body)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert await kept(desk) == [event_id]


async def test_ten_copies_at_the_same_moment_are_kept_once(desk: StripeCounter) -> None:
    body, event_id = await a_delivery(desk)

    async with door(desk) as client:
        copies = (client.post(PATH, content=body, headers=signed(body)) for _ in range(10))
        answers = await asyncio.gather(*copies)

    assert {answer.status_code for answer in answers} == {200}
    assert await kept(desk) == [event_id]


@pytest.mark.parametrize(
    ("secret", "age"), [("whsec_of_somebody_else", 0), (SECRET, 301)], ids=["wrong signature", "old timestamp"]
)
async def test_what_is_not_signed_by_stripe_just_now_is_refused(desk: StripeCounter, secret: str, age: int) -> None:
    """Guard: the signature is compared, and its time must be less than five minutes ago."""
    body, _ = await a_delivery(desk)

    async with door(desk) as client:
        answer = await client.post(PATH, content=body, headers=signed(body, secret=secret, age=age))

    assert answer.status_code == 400
    assert await kept(desk) == []


async def test_a_body_that_was_changed_or_not_signed_at_all_is_refused(desk: StripeCounter) -> None:
    body, _ = await a_delivery(desk)

    async with door(desk) as client:
        changed = await client.post(PATH, content=body.replace(b"cs_", b"xx_"), headers=signed(body))
        bare = await client.post(PATH, content=body)
        empty = await client.post(PATH, headers={"Stripe-Signature": ""})

    assert [changed.status_code, bare.status_code, empty.status_code] == [400, 400, 400]
    assert await kept(desk) == []


async def test_a_type_that_nobody_waits_for_is_acknowledged_and_forgotten(desk: StripeCounter) -> None:
    body = json.dumps({"id": "evt_1", "type": "customer.created", "data": {"object": {"id": "cus_1"}}}).encode()

    async with door(desk) as client:
        answer = await client.post(PATH, content=body, headers=signed(body))

    assert answer.status_code == 200
    assert await kept(desk) == []


@pytest.mark.parametrize("body", [b"not json", b"[]", b"{}", b'{"type": "refund.failed", "data": {}}', b"null", b""])
async def test_what_is_signed_and_cannot_be_read_is_refused_and_breaks_nothing(
    desk: StripeCounter, body: bytes
) -> None:
    async with door(desk) as client:
        answer = await client.post(PATH, content=body, headers=signed(body))

    assert answer.status_code == 400
    assert await kept(desk) == []


async def test_more_than_a_megabyte_is_refused_unread_even_when_signed(desk: StripeCounter) -> None:
    body = json.dumps({"id": "evt_1", "type": "refund.failed", "padding": "x" * LARGEST}).encode()

    async with door(desk) as client:
        answer = await client.post(PATH, content=body, headers=signed(body))

    assert answer.status_code == 413
    assert await kept(desk) == []


@pytest.mark.parametrize("away", ["a folder that is gone", "a server that refuses"])
async def test_while_the_database_is_down_stripe_is_asked_to_send_it_again(
    desk: StripeCounter, away: str, tmp_path: Path
) -> None:
    """Fault 13. Guard: the 200 comes after the commit, so whatever stops the commit is a 5xx."""
    body, event_id = await a_delivery(desk)
    gone = "postgresql://shop:hunter2@127.0.0.1:1/shop" if "server" in away else f"sqlite:///{tmp_path}/gone/shop.db"
    down = Database(gone)

    async with door(desk, down) as client:
        with capture_logs() as log:
            refused = await client.post(PATH, content=body, headers=signed(body))
    await down.close()
    async with door(desk) as client:
        again = await client.post(PATH, content=body, headers=signed(body))

    assert (refused.status_code, again.status_code) == (500, 200)
    assert "hunter2" not in refused.text
    assert [entry["event"] for entry in log] == ["request_failed"]
    assert await kept(desk) == [event_id]


async def test_what_was_kept_is_settled_when_stripe_can_be_asked_again(desk: StripeCounter) -> None:
    """Faults 7 and 13. Guard: an event stays in the inbox until it is settled, whatever is away meanwhile."""
    counter = desk.counter
    body, _ = await a_delivery(desk)
    async with door(desk) as client:
        await client.post(PATH, content=body, headers=signed(body))
    desk.pretend.switch_on("fail_before", method="GET", path="/v1/checkout/sessions", times=3)

    first = await inbox.process_waiting(counter.db, counter.providers, counter.clock, counter.policy)
    counter.clock.pass_by(seconds=5)
    second = await inbox.process_waiting(counter.db, counter.providers, counter.clock, counter.policy)

    assert (first, second) == (0, 1)
    async with counter.db.read() as session:
        assert list(await session.scalars(select(Order.status))) == [OrderStatus.PROCESSING]


@pytest.mark.parametrize("secret", [None, Secret("")], ids=["no secret", "an empty secret"])
async def test_without_a_secret_the_address_does_not_exist(database_url: str, secret: Secret | None) -> None:
    """Guard: an empty secret would let anybody sign. The reconciler finds what was paid."""
    config = Config(
        telegram=Telegram(token=Secret("4242:pretend")),
        database=DatabaseSettings(url=Secret(database_url)),
        payments=Payments(stripe=Stripe(secret_key=Secret("sk_test_pretend"), webhook_secret=secret)),
    )
    shop = assemble(config)
    body = b'{"id": "evt_1", "type": "refund.failed", "data": {"object": {"id": "re_1"}}}'
    try:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(front(shop, None)), base_url="http://shop.test"
        ) as bare:
            answer = await bare.post(PATH, content=body, headers=signed(body, secret=""))
    finally:
        await shop.db.close()

    assert answer.status_code == 404


async def test_a_signed_body_nested_too_deep_to_read_is_refused(desk: StripeCounter) -> None:
    body = b"[" * 200_000

    async with door(desk) as client:
        answer = await client.post(PATH, content=body, headers=signed(body))

    assert answer.status_code == 400
    assert await kept(desk) == []

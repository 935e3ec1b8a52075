"""Deliveries of payment providers: kept before they are acknowledged, refused when they are not genuine."""

from collections.abc import AsyncIterator

import httpx
from prometheus_client import CollectorRegistry

from tests.web.conftest import SIGNED, Behind
from web.application import Doors, create
from web.body import LARGEST

PAID = {"id": "evt_1", "kind": "paid", "reference": "ref-1"}


async def test_a_genuine_delivery_is_kept_and_acknowledged(client: httpx.AsyncClient, behind: Behind) -> None:
    answer = await client.post("/webhooks/pretend", json=PAID, headers=SIGNED)

    assert answer.status_code == 200
    assert [event.event_id for event in behind.kept] == ["evt_1"]


async def test_a_delivery_that_is_not_for_us_is_acknowledged_and_not_kept(
    client: httpx.AsyncClient, behind: Behind
) -> None:
    answer = await client.post("/webhooks/pretend", json=PAID | {"kind": "other"}, headers=SIGNED)

    assert answer.status_code == 200
    assert behind.kept == []


async def test_a_forged_delivery_is_refused(client: httpx.AsyncClient, behind: Behind) -> None:
    answer = await client.post("/webhooks/pretend", json=PAID, headers={"pretend-signature": "made up"})

    assert answer.status_code == 400
    assert behind.kept == []


async def test_an_unknown_provider_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.post("/webhooks/paypal", json=PAID, headers=SIGNED)).status_code == 404


async def test_a_body_beyond_a_megabyte_is_refused_unread(client: httpx.AsyncClient, behind: Behind) -> None:
    announced = await client.post("/webhooks/pretend", content=b"x" * (LARGEST + 1), headers=SIGNED)

    async def unannounced() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * (LARGEST // 2)

    streamed = await client.post("/webhooks/pretend", content=unannounced(), headers=SIGNED)

    assert (announced.status_code, streamed.status_code) == (413, 413)
    assert behind.kept == []


async def test_our_own_failure_asks_for_redelivery_and_says_nothing_of_the_inside(
    client: httpx.AsyncClient, behind: Behind
) -> None:
    behind.broken = True

    answer = await client.post("/webhooks/pretend", json=PAID, headers=SIGNED)

    assert answer.status_code == 500
    assert "hunter2" not in answer.text


async def test_without_a_secret_there_is_no_route_at_all(behind: Behind) -> None:
    doors = Doors(
        checks={},
        registry=CollectorRegistry(),
        refresh=behind.database_answers,
        providers={},
        keep=behind.keep,
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create(doors)), base_url="http://shop.test") as bare:
        assert (await bare.post("/webhooks/pretend", json=PAID, headers=SIGNED)).status_code == 404
        assert (await bare.post("/telegram", json={"update_id": 1})).status_code == 404

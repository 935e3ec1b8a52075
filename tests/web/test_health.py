"""Health, readiness and metrics, as a container's supervisor and Prometheus see them."""

import httpx

from tests.web.conftest import SIGNED, Behind


async def test_a_running_process_is_alive_even_without_its_database(client: httpx.AsyncClient, behind: Behind) -> None:
    behind.broken = True

    assert (await client.get("/healthz")).status_code == 200


async def test_readiness_names_what_is_missing(client: httpx.AsyncClient, behind: Behind) -> None:
    ready = await client.get("/readyz")
    behind.broken = True
    unready = await client.get("/readyz")

    assert (ready.status_code, ready.json()["checks"]) == (200, {"database": "ok"})
    assert (unready.status_code, unready.json()["checks"]) == (503, {"database": "failing"})


async def test_metrics_are_looked_up_when_they_are_asked_for(client: httpx.AsyncClient) -> None:
    await client.post("/webhooks/pretend", json={"id": "evt_1", "kind": "paid", "reference": "ref-1"}, headers=SIGNED)

    answer = await client.get("/metrics")

    assert "storefront_outbox_waiting 1.0" in answer.text

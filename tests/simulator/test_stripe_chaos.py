"""Chaos of the pretend Stripe: each switch as the SDK sees it, and what was really done behind it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import stripe as sdk

from tests.simulator.stripe_world import KEY, World, order, running


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


async def test_failing_before_does_nothing_and_keeps_no_key(world: World) -> None:
    world.stripe.switch_on("fail_before")
    create = world.client.v1.checkout.sessions.create_async

    with pytest.raises(sdk.APIError):
        await create(order(), {"idempotency_key": "k"})
    assert world.stripe.account.sessions == {}

    assert (await create(order(), {"idempotency_key": "k"})).status == "open"


async def test_failing_after_commit_has_done_the_work(world: World) -> None:
    intent = await world.paid()
    world.stripe.switch_on("fail_after_commit", path="/v1/refunds")

    with pytest.raises(sdk.APIError):
        await world.client.v1.refunds.create_async({"payment_intent": intent.id})

    assert [refund.amount for refund in world.stripe.account.refunds.values()] == [2500]


async def test_hanging_after_commit_leaves_the_client_without_an_answer(world: World) -> None:
    world.stripe.switch_on("hang_after_commit")
    async with aiohttp.ClientSession() as session:
        hasty = sdk.StripeClient(
            KEY,
            base_addresses={"api": f"{world.url}/stripe"},
            http_client=sdk.AIOHTTPClient(timeout=0.2, session=session),
            max_network_retries=0,
        )
        with pytest.raises(sdk.APIConnectionError):
            await hasty.v1.checkout.sessions.create_async(order(), {"idempotency_key": "k"})
        world.stripe.account.chaos.clear()
        again = await hasty.v1.checkout.sessions.create_async(order(), {"idempotency_key": "k"})

    assert list(world.stripe.account.sessions) == [again.id]


async def test_rate_limits_and_conflicts_are_told_by_their_status(world: World) -> None:
    world.stripe.switch_on("rate_limit")
    with pytest.raises(sdk.RateLimitError):
        await world.open_session()

    world.stripe.switch_on("conflict")
    with pytest.raises(sdk.APIError) as conflict:
        await world.open_session()

    assert conflict.value.http_status == 409
    assert world.stripe.account.sessions == {}


async def test_a_switch_counts_and_chooses_its_requests(world: World) -> None:
    switched = await world.control("chaos", {"fault": "rate_limit", "times": 2, "method": "GET"})
    assert switched == {"on": ["rate_limit"]}
    await world.open_session()

    for _ in range(2):
        with pytest.raises(sdk.RateLimitError):
            await world.client.v1.balance.retrieve_async()

    await world.client.v1.balance.retrieve_async()


async def test_calm_switches_everything_off(world: World) -> None:
    await world.control("chaos", {"fault": "fail_before", "times": 9})

    assert await world.control("calm", {}) == {"on": []}

    assert (await world.open_session()).status == "open"


def test_an_unknown_switch_is_refused() -> None:
    from simulator.stripe import PretendStripe

    with pytest.raises(ValueError, match="no such fault: explode"):
        PretendStripe().switch_on("explode")

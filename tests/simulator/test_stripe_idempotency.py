"""Idempotency keys of the pretend Stripe follow Stripe's rule to the letter."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import stripe as sdk

from tests.simulator.stripe_world import World, line, order, running


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


async def test_the_same_key_and_parameters_give_the_first_answer_again(world: World) -> None:
    create = world.client.v1.checkout.sessions.create_async

    first = await create(order(), {"idempotency_key": "k"})
    second = await create(order(), {"idempotency_key": "k"})

    assert second.id == first.id
    assert len(world.stripe.account.sessions) == 1
    assert first.last_response is not None
    assert second.last_response is not None
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert second.last_response.headers["Original-Request"] == first.last_response.request_id


async def test_no_key_means_no_memory(world: World) -> None:
    first, second = await world.open_session(), await world.open_session()

    assert first.id != second.id


async def test_the_same_key_with_other_parameters_is_an_error(world: World) -> None:
    create = world.client.v1.checkout.sessions.create_async
    await create(order(), {"idempotency_key": "k"})

    with pytest.raises(sdk.IdempotencyError, match="same parameters") as refusal:
        await create(order(line_items=[line(1250, 3)]), {"idempotency_key": "k"})

    assert refusal.value.http_status == 400


async def test_the_same_key_at_another_endpoint_is_an_error(world: World) -> None:
    session = await world.client.v1.checkout.sessions.create_async(order(), {"idempotency_key": "k"})

    with pytest.raises(sdk.IdempotencyError, match="same endpoint"):
        await world.client.v1.checkout.sessions.expire_async(session.id, {}, {"idempotency_key": "k"})


async def test_a_key_is_forgotten_after_a_day(world: World) -> None:
    create = world.client.v1.checkout.sessions.create_async
    first = await create(order(), {"idempotency_key": "k"})

    world.clock.advance(24 * 3600 + 1)
    second = await create(order(line_items=[line(900)]), {"idempotency_key": "k"})

    assert second.id != first.id


async def test_parameters_that_fail_validation_leave_the_key_free(world: World) -> None:
    create = world.client.v1.checkout.sessions.create_async
    with pytest.raises(sdk.InvalidRequestError):
        await create(order(line_items=[line(1)]), {"idempotency_key": "k"})

    assert (await create(order(), {"idempotency_key": "k"})).amount_total == 2500


async def test_a_refusal_after_execution_began_is_kept(world: World) -> None:
    intent = await world.paid()
    refunds = world.client.v1.refunds
    await refunds.create_async({"payment_intent": intent.id})
    with pytest.raises(sdk.InvalidRequestError, match="already been refunded"):
        await refunds.create_async({"payment_intent": intent.id, "amount": 5}, {"idempotency_key": "k"})

    world.stripe.move_refund((await refunds.list_async({})).data[0].id, "failed")

    with pytest.raises(sdk.InvalidRequestError, match="already been refunded"):
        await refunds.create_async({"payment_intent": intent.id, "amount": 5}, {"idempotency_key": "k"})


async def test_a_server_error_is_kept_although_the_work_was_done(world: World) -> None:
    create = world.client.v1.checkout.sessions.create_async
    world.stripe.switch_on("fail_after_commit")

    with pytest.raises(sdk.APIError):
        await create(order(), {"idempotency_key": "k"})
    with pytest.raises(sdk.APIError) as failure:
        await create(order(), {"idempotency_key": "k"})

    assert len(world.stripe.account.sessions) == 1
    assert failure.value.http_status == 500
    assert (failure.value.headers or {})["Idempotent-Replayed"] == "true"


async def test_a_key_in_use_is_a_conflict(world: World) -> None:
    create = world.client.v1.checkout.sessions.create_async
    world.stripe.switch_on("hang_before_commit", seconds=30)

    async with asyncio.TaskGroup() as group:
        first = group.create_task(create(order(), {"idempotency_key": "k"}))
        while "k" not in world.stripe.api.keys.entries:
            await asyncio.sleep(0)
        with pytest.raises(sdk.APIError, match="in-progress request") as refusal:
            await create(order(), {"idempotency_key": "k"})
        world.stripe.account.chaos.clear()

    assert refusal.value.http_status == 409
    assert (await create(order(), {"idempotency_key": "k"})).id == first.result().id


async def test_a_key_has_at_most_255_characters(world: World) -> None:
    with pytest.raises(sdk.InvalidRequestError, match="255"):
        await world.client.v1.checkout.sessions.create_async(order(), {"idempotency_key": "k" * 256})

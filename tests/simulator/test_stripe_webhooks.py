"""Webhooks and events of the pretend Stripe: signed, repeated, disturbed, and found again by those who missed them."""

from collections.abc import AsyncIterator

import pytest
import stripe as sdk

from tests.simulator.stripe_world import SECRET, World, running

PAID = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


async def test_a_payment_is_told_in_order_with_a_signature_that_the_sdk_accepts(world: World) -> None:
    intent = await world.paid()

    await world.stripe.deliver_pending()

    assert world.shop.types() == PAID
    done = world.shop.events()[-1]
    assert done.id.startswith("evt_")
    assert (done.object, done.livemode, done.api_version) == ("event", False, "2026-10-28.endive")
    assert done.data.object["payment_intent"] == intent.id
    assert done.data.object["payment_status"] == "paid"


async def test_another_secret_or_a_changed_body_is_not_accepted(world: World) -> None:
    await world.paid()
    await world.stripe.deliver_pending()
    body, header = world.shop.posts[0]

    for payload, secret in ((body, "whsec_other"), (body + b" ", SECRET)):
        with pytest.raises(sdk.SignatureVerificationError):
            sdk.Webhook.construct_event(payload, header, secret)


async def test_an_old_signature_is_not_accepted(world: World) -> None:
    world.stripe.account.deliveries.signed_at = lambda: 1_000_000_000
    await world.paid()
    await world.stripe.deliver_pending()

    with pytest.raises(sdk.SignatureVerificationError, match="Timestamp outside"):
        world.shop.events()


async def test_only_wanted_events_are_sent(world: World) -> None:
    url = world.stripe.account.deliveries.endpoints[0].url
    await world.control("webhook", {"url": url, "secret": SECRET, "events": ["checkout.session.completed"]})

    await world.paid()
    await world.stripe.deliver_pending()

    assert world.shop.types() == ["checkout.session.completed"]


async def test_a_delivery_that_fails_is_tried_again_with_growing_pauses(world: World) -> None:
    session = await world.open_session()
    world.shop.answers = [500, 503, 200]
    world.stripe.expire(session.id)

    sent = []
    for seconds in (0, 4, 1, 29, 1, 100_000):
        world.clock.advance(seconds)
        sent.append(await world.stripe.deliver_pending())

    assert sent == [1, 0, 1, 0, 1, 0]
    assert [event.id for event in world.shop.events()] == [world.shop.events()[0].id] * 3


async def test_a_delivery_is_given_up_at_last_and_listed_as_missed(world: World) -> None:
    session = await world.open_session()
    world.shop.answers = [500]
    world.stripe.expire(session.id)

    for _ in range(12):
        await world.stripe.deliver_pending()
        world.clock.advance(86_400)

    assert world.stripe.account.deliveries.log[0].state == "given up"
    missed = await world.client.v1.events.list_async({"delivery_success": False})
    assert [(event.type, event.pending_webhooks) for event in missed.data] == [("checkout.session.expired", 1)]
    world.clock.advance(30 * 86_400)
    assert (await world.client.v1.events.list_async({"delivery_success": False})).data == []


async def test_a_missed_event_can_be_sent_again(world: World) -> None:
    session = await world.open_session()
    world.stripe.switch_on("drop")
    world.stripe.expire(session.id)
    await world.stripe.deliver_pending()
    missed = await world.client.v1.events.list_async({"delivery_success": False})

    await world.control("resend", {"event": missed.data[0].id})
    await world.stripe.deliver_pending()

    assert world.shop.types() == ["checkout.session.expired"]
    assert (await world.client.v1.events.list_async({"delivery_success": False})).data == []


async def test_events_are_listed_newest_first_and_by_type(world: World) -> None:
    await world.paid()

    every = await world.client.v1.events.list_async({})
    some = await world.client.v1.events.list_async({"types": ["charge.succeeded", "charge.failed"]})
    one = await world.client.v1.events.retrieve_async(some.data[0].id)

    assert [event.type for event in every.data] == PAID[::-1]
    assert [event.type for event in some.data] == ["charge.succeeded"]
    assert one.data.object["amount"] == 2500


async def test_a_duplicated_event_comes_twice_with_one_id(world: World) -> None:
    world.stripe.switch_on("duplicate", type="checkout.session.completed")
    await world.paid()

    await world.stripe.deliver_pending()

    assert world.shop.types() == [*PAID, PAID[-1]]
    assert world.shop.events()[-1].id == world.shop.events()[-2].id


async def test_a_reordered_event_comes_after_the_next_one(world: World) -> None:
    world.stripe.switch_on("reorder", type="charge.succeeded")
    await world.paid()

    await world.stripe.deliver_pending()

    assert world.shop.types() == [PAID[0], PAID[2], PAID[1], PAID[3]]


async def test_a_delayed_event_waits_its_seconds(world: World) -> None:
    world.stripe.switch_on("delay", type="checkout.session.completed", seconds=90)
    await world.paid()

    await world.stripe.deliver_pending()
    before = world.shop.types()
    world.clock.advance(90)
    await world.stripe.deliver_pending()

    assert before == PAID[:-1]
    assert world.shop.types() == PAID


async def test_webhooks_go_out_by_themselves_while_delivering(world: World) -> None:
    async with world.stripe.delivering():
        await world.paid()
        while len(world.shop.posts) < len(PAID):
            await world.client.v1.balance.retrieve_async()

    assert world.shop.types() == PAID

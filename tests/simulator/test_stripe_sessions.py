"""Checkout Sessions of the pretend Stripe, driven by Stripe's own SDK."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import stripe as sdk

from tests.simulator.stripe_world import KEY, World, line, order, running


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


async def test_a_session_is_open_unpaid_and_has_a_page(world: World) -> None:
    session = await world.open_session()

    assert session.id.startswith("cs_test_")
    assert (session.object, session.livemode, session.created) == ("checkout.session", False, int(world.clock.now()))
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency, session.client_reference_id) == (2500, "eur", "1042")
    assert session.url == f"{world.url}/stripe/pay/{session.id}"


async def test_the_synchronous_client_works_too(world: World) -> None:
    client = sdk.StripeClient(KEY, base_addresses={"api": f"{world.url}/stripe"}, http_client=sdk.UrllibClient())
    session = await asyncio.to_thread(client.v1.checkout.sessions.create, order())

    assert session.amount_total == 2500


async def test_paying_completes_the_session_and_names_the_intent_and_its_charge(world: World) -> None:
    opened = await world.open_session()

    world.stripe.pay(opened.id)

    session = await world.client.v1.checkout.sessions.retrieve_async(
        opened.id, {"expand": ["payment_intent.latest_charge", "line_items"]}
    )
    assert (session.status, session.payment_status, session.url) == ("complete", "paid", None)
    intent = session.payment_intent
    assert isinstance(intent, sdk.PaymentIntent)
    assert intent.id.startswith("pi_")
    assert (intent.status, intent.amount_received, intent.metadata["order"]) == ("succeeded", 2500, "1042")
    charge = intent.latest_charge
    assert isinstance(charge, sdk.Charge)
    assert charge.id.startswith("ch_")
    assert (charge.paid, charge.amount, charge.metadata["order"]) == (True, 2500, "1042")
    assert session.line_items is not None
    assert [(item.description, item.quantity) for item in session.line_items.data] == [("Sencha", 2)]


async def test_a_declined_card_leaves_the_session_open_for_another_try(world: World) -> None:
    session = await world.open_session()

    with pytest.raises(Exception, match="Your card was declined"):
        world.stripe.pay(session.id, "4000 0000 0000 0002")
    world.stripe.pay(session.id)

    paid = await world.client.v1.checkout.sessions.retrieve_async(session.id)
    charges = await world.client.v1.charges.list_async({"payment_intent": str(paid.payment_intent)})
    assert [charge.status for charge in charges.data] == ["succeeded", "failed"]


async def test_a_second_step_charges_only_once_it_is_done(world: World) -> None:
    session = await world.open_session()

    world.stripe.pay(session.id, "second_step")
    waiting = await world.client.v1.checkout.sessions.retrieve_async(session.id, {"expand": ["payment_intent"]})
    world.stripe.authenticate(session.id)
    done = await world.client.v1.checkout.sessions.retrieve_async(session.id)

    assert isinstance(waiting.payment_intent, sdk.PaymentIntent)
    assert (waiting.payment_status, waiting.payment_intent.status) == ("unpaid", "requires_action")
    assert done.payment_status == "paid"


@pytest.mark.parametrize(
    ("card", "status", "event"),
    [
        ("later", "paid", "checkout.session.async_payment_succeeded"),
        ("later_fails", "unpaid", "checkout.session.async_payment_failed"),
    ],
)
async def test_paying_later_completes_unpaid_until_the_bank_answers(
    world: World, card: str, status: str, event: str
) -> None:
    session = await world.open_session()

    world.stripe.pay(session.id, card)
    at_once = await world.client.v1.checkout.sessions.retrieve_async(session.id)
    world.clock.advance(60)
    later = await world.client.v1.checkout.sessions.retrieve_async(session.id)

    assert (at_once.status, at_once.payment_status) == ("complete", "unpaid")
    assert later.payment_status == status
    await world.stripe.deliver_pending()
    assert "checkout.session.completed" in world.shop.types()
    assert world.shop.types()[-1] == event


async def test_a_session_expires_by_itself_and_cannot_be_paid_then(world: World) -> None:
    session = await world.open_session(expires_at=int(world.clock.now()) + 31 * 60)

    world.clock.advance(31 * 60)

    with pytest.raises(Exception, match="expired"):
        world.stripe.pay(session.id)
    await world.stripe.deliver_pending()
    assert world.shop.types() == ["checkout.session.expired"]


async def test_only_an_open_session_can_be_expired(world: World) -> None:
    session = await world.open_session()
    world.stripe.pay(session.id)

    with pytest.raises(sdk.InvalidRequestError, match="status of complete"):
        await world.client.v1.checkout.sessions.expire_async(session.id)


@pytest.mark.parametrize("minutes", [29, 24 * 60 + 1])
async def test_a_session_lives_between_thirty_minutes_and_a_day(world: World, minutes: int) -> None:
    with pytest.raises(sdk.InvalidRequestError, match="expires_at"):
        await world.open_session(expires_at=int(world.clock.now()) + minutes * 60)


async def test_shipping_is_chosen_on_the_page_and_added_to_the_total(world: World) -> None:
    rates = [
        {
            "shipping_rate_data": {
                "type": "fixed_amount",
                "display_name": name,
                "fixed_amount": {"amount": amount, "currency": "eur"},
            }
        }
        for name, amount in (("Standard", 490), ("Express", 990))
    ]
    session = await world.open_session(
        shipping_address_collection={"allowed_countries": ["DE"]}, shipping_options=rates
    )

    with pytest.raises(Exception, match="shipping_details"):
        world.stripe.pay(session.id)
    await world.post_pay(session.id, rate=1, country="DE")

    paid = await world.client.v1.checkout.sessions.retrieve_async(
        session.id, {"expand": ["shipping_cost.shipping_rate"]}
    )
    assert (paid.amount_subtotal, paid.amount_total) == (2500, 3490)
    assert paid.shipping_cost is not None
    assert isinstance(paid.shipping_cost.shipping_rate, sdk.ShippingRate)
    assert paid.shipping_cost.shipping_rate.display_name == "Express"
    assert paid.collected_information is not None
    assert paid.collected_information.shipping_details is not None
    assert paid.collected_information.shipping_details.address.country == "DE"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"success_url": ""}, "Missing required param: success_url"),
        ({"line_items": []}, "Missing required param: line_items"),
        ({"line_items": [line(1, 1, "xyz")]}, "Invalid currency: xyz"),
        ({"line_items": [line(100, 1), line(100, 1, "usd")]}, "same currency"),
        ({"line_items": [line(49)]}, "at least 0.50 EUR"),
        ({"line_items": [line(49, 1, "jpy")]}, "at least 50 JPY"),
        ({"line_items": [line(1_005, 1, "kwd")]}, "last digit"),
        ({"line_items": [line(1_250, 1, "isk")]}, "two zeros"),
        ({"line_items": [line(100_000_000)]}, "no more than 999,999.99 EUR"),
        ({"line_items": [line(100)] * 101}, "up to 100 line items"),
        ({"line_items": [{"price": "price_x", "quantity": 1}]}, "No such price"),
        ({"customer_email": "nobody"}, "Invalid email address"),
        ({"cancel_url": "tg://resolve"}, "Not a valid URL"),
        ({"metadata": {"k" * 41: "v"}}, "40 characters"),
        ({"mode": "subscription"}, "does not simulate"),
        ({"discounts": [{"coupon": "c"}]}, "does not simulate"),
        ({"payment_intent_data": {"capture_method": "manual"}}, "does not simulate"),
        ({"colour": "red"}, "Received unknown parameter: colour"),
        ({"payment_method_types": ["card"]}, "unknown parameter: payment_method_types"),
    ],
)
async def test_bad_parameters_are_refused_in_words(world: World, changes: dict[str, object], words: str) -> None:
    with pytest.raises(sdk.InvalidRequestError, match=words):
        await world.open_session(**changes)


async def test_sessions_are_listed_newest_first_in_pages(world: World) -> None:
    ids = [(await world.open_session()).id for _ in range(3)]
    world.stripe.expire(ids[0])

    listed = await world.client.v1.checkout.sessions.list_async({"limit": 2})
    everything = [session.id async for session in listed.auto_paging_iter()]
    expired = await world.client.v1.checkout.sessions.list_async({"status": "expired"})

    assert everything == ids[::-1]
    assert [session.id for session in expired.data] == ids[:1]


async def test_an_unknown_session_is_a_404(world: World) -> None:
    with pytest.raises(sdk.InvalidRequestError, match=r"No such checkout\.session") as refusal:
        await world.client.v1.checkout.sessions.retrieve_async("cs_test_none")

    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


async def test_a_key_that_is_not_a_test_key_is_refused(world: World) -> None:
    with pytest.raises(sdk.AuthenticationError, match="Invalid API Key"):
        await world.client.v1.checkout.sessions.list_async({}, {"api_key": "sk_live_oops"})

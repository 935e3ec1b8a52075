"""Refunds and disputes of the pretend Stripe: never more than was captured, sometimes late, sometimes lost."""

from collections.abc import AsyncIterator

import pytest
import stripe as sdk

from tests.simulator.stripe_world import World, running


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


async def test_a_refund_without_an_amount_returns_what_is_left(world: World) -> None:
    intent = await world.paid()
    refunds = world.client.v1.refunds

    part = await refunds.create_async({"payment_intent": intent.id, "amount": 1000, "metadata": {"order": "1042"}})
    rest = await refunds.create_async({"payment_intent": intent.id, "reason": "requested_by_customer"})

    assert part.id.startswith("re_")
    assert (part.amount, part.status, part.charge) == (1000, "succeeded", intent.latest_charge)
    assert rest.amount == 1500
    listed = await refunds.list_async({"payment_intent": intent.id})
    assert [refund.id for refund in listed.data] == [rest.id, part.id]


async def test_refunds_never_exceed_what_was_captured(world: World) -> None:
    intent = await world.paid()
    refunds = world.client.v1.refunds
    await refunds.create_async({"payment_intent": intent.id, "amount": 2000})

    with pytest.raises(
        sdk.InvalidRequestError, match=r"\(5.01 EUR\) is greater than unrefunded amount .* \(5.00 EUR\)"
    ):
        await refunds.create_async({"payment_intent": intent.id, "amount": 501})
    await refunds.create_async({"charge": str(intent.latest_charge), "amount": 500})
    with pytest.raises(sdk.InvalidRequestError, match="already been refunded") as refusal:
        await refunds.create_async({"payment_intent": intent.id})

    assert refusal.value.code == "charge_already_refunded"


async def test_an_unpaid_intent_has_nothing_to_refund(world: World) -> None:
    session = await world.open_session()
    world.stripe.pay(session.id, "later")
    waiting = await world.client.v1.checkout.sessions.retrieve_async(session.id)

    with pytest.raises(sdk.InvalidRequestError, match="does not have a successful charge"):
        await world.client.v1.refunds.create_async({"payment_intent": str(waiting.payment_intent)})


async def test_a_pending_refund_succeeds_later(world: World) -> None:
    intent = await world.paid()
    world.stripe.next_refund("pending")

    refund = await world.client.v1.refunds.create_async({"payment_intent": intent.id})
    world.clock.advance(60)
    later = await world.client.v1.refunds.retrieve_async(refund.id)

    assert (refund.status, later.status) == ("pending", "succeeded")
    await world.stripe.deliver_pending()
    assert world.shop.types()[-3:] == ["refund.created", "charge.refunded", "refund.updated"]


async def test_a_refund_that_fails_gives_the_money_back_to_the_charge(world: World) -> None:
    intent = await world.paid("4000000000005126")

    refund = await world.client.v1.refunds.create_async({"payment_intent": intent.id})
    world.clock.advance(60)
    failed = await world.client.v1.refunds.retrieve_async(refund.id)
    again = await world.client.v1.refunds.create_async({"payment_intent": intent.id})

    assert (refund.status, failed.status, failed.failure_reason) == ("succeeded", "failed", "expired_or_canceled_card")
    assert again.amount == 2500
    await world.stripe.deliver_pending()
    assert "refund.failed" in world.shop.types()


async def test_a_refund_is_moved_by_the_control_api(world: World) -> None:
    intent = await world.paid()
    await world.control("refunds", {"outcome": "pending"})
    refund = await world.client.v1.refunds.create_async({"payment_intent": intent.id})

    moved = await world.control("refunds", {"refund": refund.id, "status": "failed"})

    assert moved["status"] == "failed"


async def test_a_dispute_takes_the_money_and_blocks_a_refund(world: World) -> None:
    intent = await world.paid("disputed")

    disputes = await world.client.v1.disputes.list_async({"payment_intent": intent.id})
    with pytest.raises(sdk.InvalidRequestError, match="charged back"):
        await world.client.v1.refunds.create_async({"payment_intent": intent.id})

    assert [(dispute.amount, dispute.status) for dispute in disputes.data] == [(2500, "needs_response")]
    await world.stripe.deliver_pending()
    assert world.shop.types()[-2:] == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]


@pytest.mark.parametrize("won", [True, False])
async def test_a_dispute_is_won_or_lost(world: World, won: bool) -> None:
    intent = await world.paid()
    dispute = world.stripe.dispute(intent.id)

    closed = await world.control("disputes", {"dispute": dispute.id, "won": won})
    await world.stripe.deliver_pending()

    assert closed["status"] == ("won" if won else "lost")
    assert ("charge.dispute.funds_reinstated" in world.shop.types()) is won


async def test_the_balance_is_the_sum_of_its_transactions(world: World) -> None:
    intent = await world.paid()
    await world.client.v1.refunds.create_async({"payment_intent": intent.id, "amount": 1000})

    balance = await world.client.v1.balance.retrieve_async()
    moves = await world.client.v1.balance_transactions.list_async({})

    assert [(move.type, move.amount) for move in moves.data] == [("refund", -1000), ("charge", 2500)]
    assert [pending.amount for pending in balance.pending] == [sum(move.net for move in moves.data)]
    world.clock.advance(8 * 86400)
    later = await world.client.v1.balance.retrieve_async()
    assert later.available[0].amount == balance.pending[0].amount


async def test_a_charge_taken_by_telegram_can_be_refunded(world: World) -> None:
    charge = world.stripe.charge_elsewhere(900, "EUR", "Order 1042")

    refund = await world.client.v1.refunds.create_async({"charge": charge.id, "amount": 400})

    assert (refund.charge, refund.amount, refund.payment_intent) == (charge.id, 400, None)

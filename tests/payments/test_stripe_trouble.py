"""Stripe fails in every way it can: nobody pays twice, no order is lost, and what was paid is found."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from db.models import AttemptState, OrderStatus, RefundState
from shop.payments.reconcile import reconcile
from shop.payments.settle import Outcome
from shop.refusals import AlreadyPaid, ProviderUnavailable
from tests.payments.counter import POSTAGE, Counter
from tests.payments.pretend import StripeCounter, stripe_counter
from tests.world.people import ANN

pytestmark = pytest.mark.one_database
TOTAL = 450 + POSTAGE


@pytest.fixture
async def desk(counter: Counter) -> AsyncGenerator[StripeCounter]:
    async with stripe_counter(counter) as opened:
        yield opened


async def test_a_page_is_opened_paid_and_settled(desk: StripeCounter) -> None:
    counter = desk.counter
    tea = await counter.stock_up()
    order = await counter.order(tea)

    desk.pretend.pay(await desk.page(order))
    await desk.receive_all()

    assert await counter.status(order) is OrderStatus.PROCESSING
    assert (await counter.money(order)).amount == TOTAL
    assert await counter.stock(tea) == (4, 0)


async def test_a_second_tap_shows_the_same_page(desk: StripeCounter) -> None:
    order = await desk.counter.order(await desk.counter.stock_up())

    assert await desk.page(order) == await desk.page(order)
    assert len(desk.pretend.account.sessions) == 1


async def test_events_twice_and_backwards_end_as_they_would_in_order(desk: StripeCounter) -> None:
    """Fault 4. Guards: the inbox's unique event id, and asking what is true now instead of believing the event."""
    counter = desk.counter
    tea = await counter.stock_up()
    order = await counter.order(tea)
    desk.pretend.pay(await desk.page(order))
    deliveries = desk.deliveries()

    for body, headers in [*reversed(deliveries), *deliveries]:
        await desk.receive(body, headers)

    assert await counter.status(order) is OrderStatus.PROCESSING
    assert await counter.stock(tea) == (4, 0)
    assert (await counter.money(order)).amount == TOTAL
    assert await counter.refunds_of(order) == []
    assert len(await counter.told(counter.seller, "new_order")) == 1


async def test_events_that_never_came_are_found_by_the_reconciler(desk: StripeCounter) -> None:
    """Faults 4 (dropped) and 14. Guard: open attempts are looked up, events are listed."""
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.pay(await desk.page(order))
    counter.clock.pass_by(days=1)

    found = await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert [(one.kind.value, one.order_id) for one in found] == [("found_paid", order.id)]
    assert await counter.status(order) is OrderStatus.PROCESSING
    assert await reconcile(counter.db, counter.providers, counter.clock, counter.policy, thorough=True) == []


async def test_the_webhook_comes_before_the_page_is_noted(desk: StripeCounter) -> None:
    """Fault 5. Guard: `find_attempt` knows our own name for the attempt, which Stripe repeats in the metadata."""
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    # the first answer and both retries of the SDK are lost after Stripe had done the work, and so is the list
    desk.pretend.switch_on("fail_after_commit", method="POST", path="/v1/checkout/sessions")
    desk.pretend.switch_on("fail_before", method="GET", path="/v1/checkout/sessions", times=3)
    with pytest.raises(ProviderUnavailable):
        await desk.page(order)
    (session_id,) = desk.pretend.account.sessions
    desk.pretend.pay(session_id)

    await desk.receive_all()

    (attempt,) = await counter.attempts(order)
    assert (attempt.state, attempt.reference) == (AttemptState.PAID, session_id)
    assert await counter.status(order) is OrderStatus.PROCESSING


async def test_a_lost_answer_leads_to_the_page_that_was_opened(desk: StripeCounter) -> None:
    """Fault 6. Guards: one idempotency key per attempt, and the look for the session whose answer was lost."""
    order = await desk.counter.order(await desk.counter.stock_up())
    desk.pretend.switch_on("fail_after_commit", method="POST", path="/v1/checkout/sessions")

    session_id = await desk.page(order)

    assert list(desk.pretend.account.sessions) == [session_id]
    assert len(await desk.counter.attempts(order)) == 1


async def test_silence_after_the_work_was_done_does_not_open_a_second_page(counter: Counter) -> None:
    """Fault 6, a timeout. Guard: the SDK repeats with the same key, which the attempt has kept."""
    async with stripe_counter(counter, timeout=0.3) as desk:
        order = await counter.order(await counter.stock_up())
        desk.pretend.switch_on("hang_after_commit", method="POST", path="/v1/checkout/sessions", seconds=1.0)

        session_id = await desk.page(order)

        assert list(desk.pretend.account.sessions) == [session_id]


@pytest.mark.parametrize("fault", ["rate_limit", "conflict", "fail_before"])
async def test_a_stumble_is_waited_out(desk: StripeCounter, fault: str) -> None:
    """Fault 7. Guards: our own wait after 429, the SDK's retries after 409 and 5xx."""
    order = await desk.counter.order(await desk.counter.stock_up())
    desk.pretend.switch_on(fault, method="POST", path="/v1/checkout/sessions", times=2)

    assert await desk.page(order) in desk.pretend.account.sessions


async def test_when_stripe_stays_away_the_order_waits(desk: StripeCounter) -> None:
    """Fault 7. Guard: an attempt that could not be opened stays, and the order with it."""
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.switch_on("rate_limit", times=50)
    with pytest.raises(ProviderUnavailable):
        await desk.page(order)
    desk.pretend.account.chaos.clear()

    assert await counter.status(order) is OrderStatus.PENDING
    assert await desk.page(order) in desk.pretend.account.sessions


async def test_expiry_closes_the_page_first_and_settles_what_was_paid(desk: StripeCounter) -> None:
    """Fault 8. Guard: `expire_orders` closes open pages before it lets go of stock."""
    counter = desk.counter
    tea = await counter.stock_up(stock=1)
    paid_order, unpaid_order = await counter.order(tea), None
    other = await counter.stock_up(stock=1)
    unpaid_order = await counter.order(other)
    desk.pretend.pay(await desk.page(paid_order))
    unpaid = await desk.page(unpaid_order)
    counter.clock.pass_by(hours=1)

    assert await counter.expire() == 1

    assert await counter.status(paid_order) is OrderStatus.PROCESSING
    assert await counter.status(unpaid_order) is OrderStatus.CANCELLED
    assert desk.pretend.account.sessions[unpaid].status == "expired"
    assert (await counter.stock(tea), await counter.stock(other)) == ((0, 0), (1, 0))


async def test_another_way_to_pay_closes_the_page(desk: StripeCounter) -> None:
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    session_id = await desk.page(order)

    await counter.open(order)

    assert desk.pretend.account.sessions[session_id].status == "expired"
    states = [(attempt.provider, attempt.state) for attempt in await counter.attempts(order)]
    assert states == [("stripe", AttemptState.EXPIRED), ("pretend", AttemptState.OPEN)]


async def test_another_way_to_pay_is_refused_when_the_page_was_paid_meanwhile(desk: StripeCounter) -> None:
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.pay(await desk.page(order))

    with pytest.raises(AlreadyPaid):
        await counter.open(order)

    assert await counter.status(order) is OrderStatus.PROCESSING


async def test_a_debit_that_takes_days_keeps_the_goods_and_then_pays(desk: StripeCounter) -> None:
    counter = desk.counter
    tea = await counter.stock_up(stock=1)
    order = await counter.order(tea)
    session_id = await desk.page(order)
    desk.pretend.pay(session_id, "later")
    await desk.receive_all()
    counter.clock.pass_by(hours=20)
    await counter.expire()
    assert await counter.status(order) is OrderStatus.PENDING

    desk.pretend.settle(session_id)
    await desk.receive_all()

    assert await counter.status(order) is OrderStatus.PROCESSING


async def test_a_debit_that_fails_is_told_and_can_be_tried_again(desk: StripeCounter) -> None:
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    session_id = await desk.page(order)
    desk.pretend.pay(session_id, "later_fails")
    desk.pretend.settle(session_id, succeeded=False)

    await desk.receive_all()

    assert [row["problem"] for row in await counter.told(ANN, "money_problem")] == ["payment_failed"]
    assert await desk.page(order) != session_id


async def test_a_refund_whose_answer_was_lost_happens_once(desk: StripeCounter) -> None:
    """Fault 17. Guards: one key a refund, and a look at what Stripe has before asking again."""
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.pay(await desk.page(order))
    await desk.receive_all()
    desk.pretend.switch_on("fail_after_commit", method="POST", path="/v1/refunds")

    (news,) = await counter.refund(order)
    assert news.state is RefundState.CREATED
    counter.clock.pass_by(minutes=5)
    await counter.work_on_refunds()
    await desk.receive_all()

    assert [row.state for row in await counter.refunds_of(order)] == [RefundState.SUCCEEDED]
    assert len(desk.pretend.account.refunds) == 1
    assert len(await counter.told(ANN, "refund_done")) == 1


async def test_a_refund_that_the_bank_sends_back_can_be_made_again(desk: StripeCounter) -> None:
    """Fault 17: `refund.failed` reopens. Guard: the amount of a failed refund is given back to what is refundable."""
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.pay(await desk.page(order), "refund_fails")
    await desk.receive_all()
    (news,) = await counter.refund(order)
    assert news.state is RefundState.SUCCEEDED
    (refund_id,) = desk.pretend.account.refunds
    desk.pretend.move_refund(refund_id, "failed")

    await desk.receive_all()

    assert (await counter.money(order)).refunded_amount == 0
    assert await counter.problems() == ["refund_failed", "refund_failed"]
    assert [row.amount for row in await counter.refund(order)] == [TOTAL]


async def test_a_refund_made_at_stripes_dashboard_is_booked_here(desk: StripeCounter) -> None:
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.pay(await desk.page(order))
    await desk.receive_all()
    charge = next(iter(desk.pretend.account.charges))
    client = desk.stripe._client.v1.refunds
    await client.create_async({"charge": charge, "amount": 300})

    await desk.receive_all()

    (refund,) = await counter.refunds_of(order)
    assert (refund.amount, refund.state, refund.actor) == (300, RefundState.SUCCEEDED, "provider:stripe")
    assert (await counter.money(order)).refunded_amount == 300


@pytest.mark.parametrize(("won", "kept", "told"), [(True, TOTAL, "dispute_won"), (False, 0, "dispute_lost")])
async def test_a_dispute_is_told_and_counted_when_it_is_lost(
    desk: StripeCounter, won: bool, kept: int, told: str
) -> None:
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.pay(await desk.page(order))
    await desk.receive_all()
    dispute = desk.pretend.dispute(next(iter(desk.pretend.account.intents)))
    await desk.receive_all()
    assert (await counter.money(order)).payment_status.value == "disputed"

    desk.pretend.close_dispute(dispute.id, won=won)
    await desk.receive_all()

    money = await counter.money(order)
    assert money.amount - money.refunded_amount == kept
    assert money.payment_status.value == ("completed" if won else "refunded")
    assert await counter.problems() == ["disputed", told]


async def test_a_payment_of_somebody_elses_software_is_none_of_ours(desk: StripeCounter) -> None:
    sessions = desk.stripe._client.v1.checkout.sessions
    price = {"currency": "eur", "unit_amount": 900, "product_data": {"name": "Other"}}
    params: Any = {
        "mode": "payment",
        "success_url": "https://other.example",
        "line_items": [{"quantity": 1, "price_data": price}],
    }
    session = await sessions.create_async(params)
    desk.pretend.pay(session.id)

    for body, headers in desk.deliveries():
        settlement = await desk.receive(body, headers)
        assert settlement is None or settlement.outcome is Outcome.UNKNOWN

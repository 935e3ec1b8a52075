"""Money that PayPal gives back or takes back: in parts, refused, by somebody else, by a dispute."""

from collections.abc import AsyncGenerator

import pytest

from db.models import PaymentStatus, RefundState
from tests.payments.counter import POSTAGE, Counter
from tests.payments.pretend_paypal import PayPalCounter, paypal_counter

pytestmark = pytest.mark.one_database
TOTAL = 450 + POSTAGE


@pytest.fixture
async def desk(counter: Counter) -> AsyncGenerator[PayPalCounter]:
    async with paypal_counter(counter) as opened:
        yield opened


async def test_money_goes_back_in_parts(desk: PayPalCounter) -> None:
    counter = desk.counter
    order = await desk.paid()

    first = await counter.refund(order, 300)
    second = await counter.refund(order)

    assert [news.state for news in (*first, *second)] == [RefundState.SUCCEEDED] * 2
    assert [str(one.amount.value) for one in desk.pretend.account.refunds.values()] == ["3.00", "6.40"]
    assert desk.taken == ["REFUNDED"]


async def test_a_refund_whose_answer_was_lost_is_looked_for_before_it_is_made_again(desk: PayPalCounter) -> None:
    """Guard: the refund carries our key, and is found when PayPal forgot the request."""
    counter = desk.counter
    order = await desk.paid()
    desk.pretend.switch_on("fail_after_commit", method="POST", path="/v2/payments/captures", times=4)
    (news,) = await counter.refund(order, 300)
    assert news.state is RefundState.CREATED
    desk.pretend.api.request_ids.entries.clear()

    await counter.work_on_refunds(after=counter.policy.order_hold)

    (refund,) = await counter.refunds_of(order)
    assert (refund.state, refund.reference) == (RefundState.SUCCEEDED, next(iter(desk.pretend.account.refunds)))
    assert len(desk.pretend.account.refunds) == 1


@pytest.mark.parametrize(
    ("why", "state", "told"),
    [
        ("disputed", RefundState.FAILED, "disputed"),
        ("too old", RefundState.MANUAL, "too old"),
        ("elsewhere", RefundState.FAILED, "given back before"),
        ("poor", RefundState.CREATED, "not enough money"),
        ("fails", RefundState.FAILED, "failed"),
    ],
)
async def test_a_refund_that_paypal_refuses_is_told_in_words(
    desk: PayPalCounter, why: str, state: RefundState, told: str
) -> None:
    counter = desk.counter
    order = await desk.paid()
    (capture,) = desk.pretend.account.captures
    if why == "disputed":
        desk.pretend.dispute(capture)
    elif why == "too old":
        counter.clock.pass_by(days=181)
    elif why == "elsewhere":
        desk.pretend.refund_elsewhere(capture)
    else:
        desk.pretend.next_refund("INSUFFICIENT_FUNDS" if why == "poor" else "FAILED")

    await counter.refund(order)

    (refund,) = await counter.refunds_of(order)
    assert refund.state is state
    assert told in str(refund.failure).lower()


async def test_a_refund_that_waits_for_the_bank_is_settled_by_its_news(desk: PayPalCounter) -> None:
    counter = desk.counter
    order = await desk.paid()
    desk.pretend.next_refund("PENDING")
    (news,) = await counter.refund(order)
    assert news.state is RefundState.PENDING

    (refund,) = desk.pretend.account.refunds
    desk.pretend.move_refund(refund, "COMPLETED")
    await desk.receive_all()

    assert [one.state for one in await counter.refunds_of(order)] == [RefundState.SUCCEEDED]


async def test_money_given_back_on_paypals_pages_is_booked(desk: PayPalCounter) -> None:
    counter = desk.counter
    order = await desk.paid()
    (capture,) = desk.pretend.account.captures
    desk.pretend.refund_elsewhere(capture)

    await desk.receive_all()

    assert (await counter.money(order)).refunded_amount == TOTAL


@pytest.mark.parametrize(("won", "left"), [(True, TOTAL), (False, 0)])
async def test_a_dispute_is_told_and_counted_when_it_is_lost(desk: PayPalCounter, won: bool, left: int) -> None:
    counter = desk.counter
    order = await desk.paid("disputed")
    await desk.receive_all()
    assert (await counter.money(order)).payment_status is PaymentStatus.DISPUTED

    (dispute,) = desk.pretend.account.disputes
    desk.pretend.close_dispute(dispute, won=won)
    await desk.receive_all()

    money = await counter.money(order)
    assert money.amount - money.refunded_amount == left
    assert money.payment_status is not PaymentStatus.DISPUTED
    assert await counter.problems() == ["disputed", "dispute_won" if won else "dispute_lost"]

"""PayPal in every order of events: nothing is taken that cannot be kept, nothing twice, and nothing is lost."""

from collections.abc import AsyncGenerator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, OrderStatus
from shop.orders import cancel_by_customer
from shop.payments.closing import close_attempts
from shop.payments.reconcile import reconcile
from shop.ports import KeyRefused, ProviderError
from tests.payments.counter import POSTAGE, Counter
from tests.payments.pretend_paypal import CLIENT, PayPalCounter, paypal_counter
from tests.world.people import ANN, user

pytestmark = pytest.mark.one_database
TOTAL = 450 + POSTAGE
CAPTURE = "/v2/checkout/orders/"


@pytest.fixture
async def desk(counter: Counter) -> AsyncGenerator[PayPalCounter]:
    async with paypal_counter(counter) as opened:
        yield opened


async def test_who_agrees_and_comes_back_has_paid(desk: PayPalCounter) -> None:
    counter = desk.counter
    order = await desk.agreed()
    assert desk.taken == []

    await desk.look(order)

    (attempt,) = await counter.attempts(order)
    (capture,) = desk.pretend.account.captures
    assert await counter.status(order) is OrderStatus.PROCESSING
    assert ((await counter.money(order)).amount, attempt.charge_id) == (TOTAL, capture)


async def test_who_agrees_and_never_comes_back_has_paid_by_the_webhook(desk: PayPalCounter) -> None:
    order = await desk.agreed()

    await desk.receive_all()

    assert await desk.counter.status(order) is OrderStatus.PROCESSING
    assert desk.taken == ["COMPLETED"]


async def test_without_webhook_and_return_the_reconciler_asks_for_the_money(desk: PayPalCounter) -> None:
    counter = desk.counter
    order = await desk.agreed()
    counter.clock.pass_by(minutes=2)

    found = await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert found == []  # nobody had paid: the money was taken now, by us
    assert await counter.status(order) is OrderStatus.PROCESSING
    assert await reconcile(counter.db, counter.providers, counter.clock, counter.policy, thorough=True) == []


async def test_agreeing_twice_and_hearing_of_it_twice_takes_the_money_once(desk: PayPalCounter) -> None:
    counter = desk.counter
    order = await desk.agreed()
    (reference,) = desk.pretend.account.orders
    desk.pretend.approve(reference)
    deliveries = desk.deliveries()

    await desk.look(order)
    for body, headers in [*reversed(deliveries), *deliveries]:
        await desk.receive(body, headers)
    await desk.receive_all()

    assert desk.taken == ["COMPLETED"]
    assert (await counter.money(order)).amount == TOTAL
    assert await counter.problems() == []
    assert len(await counter.told(counter.seller, "new_order")) == 1


@pytest.mark.parametrize("how", ["expired", "expired and nobody noticed", "cancelled", "changed"])
async def test_who_agrees_too_late_is_never_charged(desk: PayPalCounter, how: str) -> None:
    """Guard: the gate runs before the money is asked for."""
    counter = desk.counter
    tea = await counter.stock_up()
    order = await counter.order(tea)
    reference = await desk.page(order)
    if how == "cancelled":
        assert not await close_attempts(
            counter.db, counter.providers, order.id, policy=counter.policy, clock=counter.clock
        )

        async def cancel(session: AsyncSession) -> None:
            await cancel_by_customer(session, await user(session, ANN), order.id, now=counter.clock.now())

        await counter.run(cancel)
    elif how == "changed":

        async def cheaper(session: AsyncSession) -> None:
            session.add(order)
            order.shipping += 100
            order.total_price += 100

        await counter.run(cheaper)
    else:
        counter.clock.pass_by(hours=1)
        if how == "expired":
            await counter.expire()
    desk.pretend.approve(reference)

    await desk.receive_all()
    await desk.look(order)

    assert desk.taken == []
    assert [row["problem"] for row in await counter.told(ANN, "money_problem")] == ["not_taken"]
    (attempt,) = await counter.attempts(order)
    assert (attempt.state, attempt.captured_amount) == (AttemptState.EXPIRED, 0)


async def test_the_webhook_comes_before_the_order_is_noted(desk: PayPalCounter) -> None:
    """Guard: PayPal repeats our own name for the attempt."""
    counter = desk.counter
    order = await counter.order(await counter.stock_up())
    desk.pretend.switch_on("fail_after_commit", method="POST", path=CAPTURE.rstrip("/"), times=4)
    with pytest.raises(Exception, match="paypal"):
        await desk.page(order)
    (reference,) = desk.pretend.account.orders
    desk.pretend.approve(reference)

    await desk.receive_all()

    assert await counter.status(order) is OrderStatus.PROCESSING
    assert desk.taken == ["COMPLETED"]


async def test_a_lost_answer_leads_to_the_order_that_was_opened(desk: PayPalCounter) -> None:
    """Guard: the attempt's own key is the request's id, and PayPal answers it with what it opened."""
    order = await desk.counter.order(await desk.counter.stock_up())
    desk.pretend.switch_on("fail_after_commit", method="POST", path="/v2/checkout/orders")

    assert [await desk.page(order)] == list(desk.pretend.account.orders)


@pytest.mark.parametrize("found_by", ["the same request", "another look", "the webhook"])
async def test_a_capture_whose_answer_was_lost_is_found_and_not_made_again(desk: PayPalCounter, found_by: str) -> None:
    counter = desk.counter
    order = await desk.agreed()
    times = 1 if found_by == "the same request" else 4
    desk.pretend.switch_on("fail_after_commit", method="POST", path=CAPTURE, times=times)

    if found_by == "the same request":
        await desk.look(order)
    else:
        with pytest.raises(ProviderError):
            await desk.look(order)
        assert await counter.status(order) is OrderStatus.PENDING
        await (desk.look(order) if found_by == "another look" else desk.receive_all())

    assert await counter.status(order) is OrderStatus.PROCESSING
    assert desk.taken == ["COMPLETED"]
    assert (await counter.money(order)).amount == TOTAL


async def test_while_the_money_is_being_asked_for_the_order_cannot_be_let_go(desk: PayPalCounter) -> None:
    """Guard: a payment that the shop agreed to a moment ago is not closed."""
    counter = desk.counter
    order = await desk.agreed()
    desk.pretend.switch_on("fail_before", method="POST", path=CAPTURE, times=4)
    with pytest.raises(ProviderError):
        await desk.look(order)

    closing = close_attempts(counter.db, counter.providers, order.id, policy=counter.policy, clock=counter.clock)
    assert await closing

    await desk.look(order)
    assert await counter.status(order) is OrderStatus.PROCESSING


async def test_a_declined_card_is_told_and_another_one_pays_on_the_same_page(desk: PayPalCounter) -> None:
    counter = desk.counter
    order = await desk.paid("declined")
    (reference,) = desk.pretend.account.orders
    assert [row["problem"] for row in await counter.told(ANN, "money_problem")] == ["choose_again"]
    assert await desk.page(order) == reference

    counter.clock.pass_by(minutes=1)
    desk.pretend.approve(reference, "pays")
    await desk.look(order)

    assert await counter.status(order) is OrderStatus.PROCESSING
    assert len(await counter.attempts(order)) == 1


@pytest.mark.parametrize("way", ["refused", "capture_declined"])
async def test_what_paypal_refuses_for_good_ends_the_attempt(desk: PayPalCounter, way: str) -> None:
    counter = desk.counter
    order = await desk.paid(way)

    (attempt,) = await counter.attempts(order)
    assert attempt.state is AttemptState.FAILED
    assert await counter.status(order) is OrderStatus.PENDING
    assert [row["problem"] for row in await counter.told(ANN, "money_problem")] == ["payment_failed"]


@pytest.mark.parametrize(("way", "status"), [("pending", OrderStatus.PROCESSING), ("denied", OrderStatus.PENDING)])
async def test_money_that_is_under_way_holds_the_order_until_it_is_decided(
    desk: PayPalCounter, way: str, status: OrderStatus
) -> None:
    """COMPLETED is not paid: the capture's status decides. Guard: reading the capture, not the order."""
    counter = desk.counter
    order = await desk.paid(way)
    assert await counter.status(order) is OrderStatus.PENDING
    assert (await counter.money(order)).amount == 0
    counter.clock.pass_by(hours=2)
    assert await counter.expire() == 0

    await desk.pretend.deliver_pending()
    await desk.receive_all()

    assert await counter.status(order) is status
    (attempt,) = await counter.attempts(order)
    assert attempt.state is (AttemptState.PAID if way == "pending" else AttemptState.FAILED)


async def test_a_token_that_ended_is_bought_anew_and_a_wrong_secret_is_said(desk: PayPalCounter) -> None:
    order = await desk.counter.order(await desk.counter.stock_up())
    await desk.page(order)
    desk.pretend.api.tokens.end_all()

    assert await desk.look(order) == []
    desk.pretend.api.tokens.end_all()
    desk.pretend.api.tokens.revoked.add("pretend-secret-of-the-counter")
    with pytest.raises(KeyRefused) as refused:
        await desk.look(order)
    assert CLIENT not in str(refused.value)


@pytest.mark.parametrize("fault", ["rate_limit", "conflict", "fail_before"])
async def test_a_stumble_is_waited_out(desk: PayPalCounter, fault: str) -> None:
    order = await desk.counter.order(await desk.counter.stock_up())
    desk.pretend.switch_on(fault, method="POST", path="/v2/checkout/orders", times=2)

    assert await desk.page(order) in desk.pretend.account.orders
    assert len(desk.pretend.account.orders) == 1

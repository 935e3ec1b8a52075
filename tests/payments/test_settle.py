"""One function makes true what a provider says: whatever it says, however often, in whatever order."""

import pytest
from msgspec.structs import replace

from db.models import AttemptState, OrderStatus, PaymentStatus, ProductKind, RefundState
from shop.payments.settle import Outcome
from shop.ports import EventKind
from tests.payments.counter import POSTAGE, Counter
from tests.payments.tills import paid
from tests.world.people import ANN, OLGA

pytestmark = pytest.mark.one_database
TEA = 450
TOTAL = TEA + POSTAGE


async def test_paid_money_moves_the_order_and_sells_its_stock(counter: Counter) -> None:
    tea = await counter.stock_up(stock=5)
    order = await counter.order(tea, 2)

    settlement = await counter.settle(paid(await counter.request(order)))

    assert settlement.outcome is Outcome.PAID
    assert await counter.status(order) is OrderStatus.PROCESSING
    assert await counter.stock(tea) == (3, 0)
    money = await counter.money(order)
    assert (money.payment_status, money.amount) == (PaymentStatus.COMPLETED, 2 * TEA + POSTAGE)
    assert len(await counter.told(OLGA, "new_order")) == 1


async def test_the_same_news_ten_times_has_one_effect(counter: Counter) -> None:
    """Guards: the unique (provider, event_id) of the inbox, and the compare-and-swap of the attempt's state."""
    tea = await counter.stock_up(stock=5)
    order = await counter.order(tea)
    event = paid(await counter.request(order))

    outcomes = [(await counter.settle(event)).outcome for _ in range(5)]
    renamed = [(await counter.settle(replace(event, event_id=f"again-{n}"))).outcome for n in range(5)]

    assert outcomes + renamed == [Outcome.PAID, *[Outcome.ALREADY] * 9]
    assert await counter.stock(tea) == (4, 0)
    assert (await counter.money(order)).amount == TOTAL
    assert await counter.refunds_of(order) == []


async def test_a_second_charge_for_a_paid_order_goes_back(counter: Counter) -> None:
    """Guard: `payments.payment_date` says under the order's lock that an order was paid (fault 12)."""
    tea = await counter.stock_up(stock=5)
    order = await counter.order(tea)
    request = await counter.request(order)
    await counter.settle(paid(request, charge="ch-1"))

    second = await counter.settle(paid(request, charge="ch-2"))
    again = await counter.settle(paid(request, charge="ch-2", event_id="sent again"))
    await counter.work_on_refunds()

    assert (second.outcome, second.problem) == (Outcome.REFUNDING, "second_charge")
    assert again.outcome is Outcome.ALREADY
    assert [(row.amount, row.state) for row in await counter.refunds_of(order)] == [(TOTAL, RefundState.SUCCEEDED)]
    assert [refund.charge_id for refund in counter.till.refunds.values()] == ["ch-2"]
    money = await counter.money(order)
    assert (money.amount, money.refunded_amount) == (2 * TOTAL, TOTAL)
    assert money.payment_status is PaymentStatus.COMPLETED
    assert await counter.stock(tea) == (4, 0)
    assert await counter.problems() == ["second_charge", "second_charge"]


@pytest.mark.parametrize(("amount", "problem"), [(TOTAL - 1, "wrong_amount"), (TOTAL + 1, "wrong_amount")])
async def test_a_wrong_amount_goes_back_and_the_order_can_still_be_paid(
    counter: Counter, amount: int, problem: str
) -> None:
    """Guard: captured money is compared with the order's total before anything is fulfilled."""
    tea = await counter.stock_up(stock=5)
    order = await counter.order(tea)
    request = await counter.request(order)

    settlement = await counter.settle(paid(request, amount=amount))
    await counter.work_on_refunds()

    assert (settlement.outcome, settlement.problem) == (Outcome.REFUNDING, problem)
    assert await counter.status(order) is OrderStatus.PENDING
    assert [row.amount for row in await counter.refunds_of(order)] == [amount]
    await counter.settle(paid(await counter.request(order), charge="ch-good"))
    assert await counter.status(order) is OrderStatus.PROCESSING


async def test_another_currency_goes_back_and_is_not_added_to_euros(counter: Counter) -> None:
    """Guard: the currency is compared before the amounts."""
    tea = await counter.stock_up()
    order = await counter.order(tea)

    settlement = await counter.settle(paid(await counter.request(order), currency="USD"))
    await counter.work_on_refunds()

    assert settlement.problem == "wrong_currency"
    (refund,) = await counter.refunds_of(order)
    assert (refund.amount, refund.currency, refund.state) == (TOTAL, "USD", RefundState.SUCCEEDED)
    money = await counter.money(order)
    assert (money.amount, money.refunded_amount) == (0, 0)
    assert await counter.told(ANN, "refund_done") == [{"order_id": order.id, "amount": TOTAL, "currency": "USD"}]


async def test_money_for_an_expired_order_revives_it_while_there_is_stock(counter: Counter) -> None:
    tea = await counter.stock_up(stock=1)
    order = await counter.order(tea)
    request = await counter.request(order)
    counter.clock.pass_by(hours=1)
    assert await counter.expire() == 1

    settlement = await counter.settle(paid(request))

    assert settlement.outcome is Outcome.PAID
    seen = await counter.see(order)
    assert (seen.status, seen.cancel_reason) == (OrderStatus.PROCESSING, None)
    assert [event.cause for event in seen.events][-1] == "payment_revived"
    assert await counter.stock(tea) == (0, 0)


async def test_late_money_without_stock_goes_back(counter: Counter) -> None:
    """Guard: a cancelled order goes on only if its stock can be held once more (fault 8)."""
    tea = await counter.stock_up(stock=1)
    order = await counter.order(tea)
    request = await counter.request(order)
    counter.clock.pass_by(hours=1)
    await counter.expire()
    await counter.order(tea, who=OLGA)

    settlement = await counter.settle(paid(request))
    await counter.work_on_refunds()

    assert settlement.problem == "late_charge"
    assert await counter.status(order) is OrderStatus.CANCELLED
    assert await counter.stock(tea) == (1, 1)
    money = await counter.money(order)
    assert (money.amount, money.refunded_amount, money.payment_status) == (TOTAL, TOTAL, PaymentStatus.REFUNDED)


async def test_late_money_for_an_order_that_a_person_cancelled_goes_back(counter: Counter) -> None:
    """Guard: only an order that expired by itself is revived."""
    from shop.orders import cancel_by_customer
    from tests.world.people import user

    tea = await counter.stock_up(stock=3)
    order = await counter.order(tea)
    request = await counter.request(order)

    async def cancel(session: object) -> None:
        await cancel_by_customer(session, await user(session, ANN), order.id, now=counter.clock.now())  # type: ignore[arg-type]  # a session

    await counter.run(cancel)

    assert (await counter.settle(paid(request))).problem == "late_charge"
    assert await counter.status(order) is OrderStatus.CANCELLED
    assert await counter.stock(tea) == (3, 0)


async def test_the_choice_made_at_the_provider_counts_before_the_amount(counter: Counter) -> None:
    tea = await counter.stock_up()
    order = await counter.order(tea, address=False)
    request = await counter.request(order)
    assert (request.total, request.needs_address) == (TEA, True)
    address = {"country_code": "DE", "city": "Bonn", "street_line1": "Weg 2", "street_line2": "", "post_code": "53111"}

    event = paid(request, amount=TEA + 990, shipping_option="courier", address=address)

    assert (await counter.settle(event)).outcome is Outcome.PAID
    seen = await counter.see(order)
    assert (seen.shipping, seen.total_price, seen.address) == (990, TEA + 990, address)


async def test_a_choice_that_the_shop_does_not_offer_sends_the_money_back(counter: Counter) -> None:
    tea = await counter.stock_up()
    order = await counter.order(tea, address=False)
    address = {"country_code": "FR", "city": "Paris", "street_line1": "Rue 3", "street_line2": "", "post_code": "75001"}

    event = paid(await counter.request(order), amount=TEA + 990, shipping_option="courier", address=address)

    assert (await counter.settle(event)).problem == "wrong_amount"
    assert await counter.status(order) is OrderStatus.PENDING


async def test_a_tip_is_kept_when_the_shop_takes_tips(counter: Counter) -> None:
    counter.policy = replace(counter.policy, max_tip=500, tips=(100, 200))
    tea = await counter.stock_up()
    order = await counter.order(tea)

    settlement = await counter.settle(paid(await counter.request(order), amount=TOTAL + 200))

    assert settlement.outcome is Outcome.PAID
    money = await counter.money(order)
    assert (money.amount, money.tip, money.payment_status) == (TOTAL + 200, 200, PaymentStatus.COMPLETED)


async def test_digital_goods_are_delivered_as_soon_as_they_are_paid(counter: Counter) -> None:
    counter.till.name = "stars"
    book = await counter.stock_up(kind=ProductKind.DIGITAL, price=250)
    order = await counter.order(book)
    request = await counter.request(order, "stars")

    await counter.settle(paid(request, provider="stars"))

    seen = await counter.see(order)
    assert (seen.status, seen.completed_at) == (OrderStatus.COMPLETED, counter.clock.now())
    assert await counter.told(ANN, "digital_delivery") == [{"order_id": order.id}]


@pytest.mark.parametrize(
    ("kind", "state"), [(EventKind.FAILED, AttemptState.FAILED), (EventKind.EXPIRED, AttemptState.EXPIRED)]
)
async def test_a_try_that_ended_unpaid_leaves_the_order_to_another_try(
    counter: Counter, kind: EventKind, state: AttemptState
) -> None:
    tea = await counter.stock_up()
    order = await counter.order(tea)
    event = paid(await counter.request(order))

    await counter.settle(replace(event, kind=kind, charge_id=None, event_id="ended"))
    assert [attempt.state for attempt in await counter.attempts(order)] == [state]
    await counter.settle(paid(await counter.request(order), charge="ch-2"))

    assert [attempt.state for attempt in await counter.attempts(order)] == [state, AttemptState.PAID]
    assert await counter.status(order) is OrderStatus.PROCESSING


async def test_news_of_a_failure_that_comes_after_the_payment_changes_nothing(counter: Counter) -> None:
    """Guard: a decided attempt does not move (fault 4, reordered)."""
    tea = await counter.stock_up()
    order = await counter.order(tea)
    event = paid(await counter.request(order))
    await counter.settle(event)

    for kind in (EventKind.FAILED, EventKind.EXPIRED):
        late = replace(event, kind=kind, event_id=f"late-{kind}")
        assert (await counter.settle(late)).outcome is Outcome.ALREADY

    assert [attempt.state for attempt in await counter.attempts(order)] == [AttemptState.PAID]


async def test_money_that_comes_later_keeps_the_stock_held(counter: Counter) -> None:
    tea = await counter.stock_up(stock=1)
    order = await counter.order(tea)
    event = paid(await counter.request(order))

    await counter.settle(replace(event, kind=EventKind.PENDING, event_id="soon"))
    counter.clock.pass_by(days=2)

    assert await counter.expire() == 0
    assert (await counter.settle(event)).outcome is Outcome.PAID


async def test_a_charge_that_nobody_knows_is_shown_to_the_operator(counter: Counter) -> None:
    tea = await counter.stock_up()
    order = await counter.order(tea)
    event = replace(paid(await counter.request(order)), reference="other", payload="lost", charge_id="ch-lost")

    assert (await counter.settle(event)).outcome is Outcome.UNKNOWN
    assert await counter.problems() == ["unknown_charge"]


async def test_news_that_overtakes_our_own_note_of_the_page_is_found_by_our_name(counter: Counter) -> None:
    """Guard: `find_attempt` also knows our name for the attempt (fault 5: webhook before the session id is stored)."""
    from shop.payments.requests import read
    from shop.ports import ProviderError
    from shop.refusals import ProviderUnavailable

    tea = await counter.stock_up()
    order = await counter.order(tea)
    counter.till.trouble, counter.till.late = [ProviderError("lost", unknown=True)], True
    with pytest.raises(ProviderUnavailable):
        await counter.open(order)
    (attempt,) = await counter.attempts(order)
    assert (attempt.state, attempt.reference) == (AttemptState.CREATED, None)

    event = paid(read(attempt.request))

    assert (await counter.settle(event)).outcome is Outcome.PAID
    (attempt,) = await counter.attempts(order)
    assert (attempt.state, attempt.reference) == (AttemptState.PAID, event.reference)

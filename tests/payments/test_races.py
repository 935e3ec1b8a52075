"""What people, providers and workers do at the same moment, on every database: one wins, nothing is counted twice."""

import asyncio

from msgspec.structs import replace

from db.models import OrderStatus, RefundState
from shop.payments.settle import Outcome
from shop.ports import ProviderError
from shop.refusals import Refusal
from tests.payments.counter import POSTAGE, Counter
from tests.payments.tills import paid

TOTAL = 450 + POSTAGE


async def test_the_same_news_at_the_same_moment_has_one_effect(counter: Counter) -> None:
    """Faults 4 and 10. Guards: the order's lock, the compare-and-swap of the attempt."""
    tea = await counter.stock_up()
    order = await counter.order(tea)
    event = paid(await counter.request(order))

    settled = await asyncio.gather(*(counter.settle(replace(event, event_id=f"copy {n % 4}")) for n in range(8)))

    assert sorted(one.outcome for one in settled) == sorted([Outcome.PAID, *[Outcome.ALREADY] * 7])
    assert await counter.stock(tea) == (4, 0)
    assert (await counter.money(order)).amount == TOTAL


async def test_two_charges_at_the_same_moment_keep_one(counter: Counter) -> None:
    """Fault 12. Guard: the order's lock makes one of them the first."""
    tea = await counter.stock_up()
    order = await counter.order(tea)
    request = await counter.request(order)

    settled = await asyncio.gather(*(counter.settle(paid(request, charge=f"ch-{n}")) for n in range(3)))

    outcomes = sorted(one.outcome for one in settled)
    assert outcomes == [Outcome.PAID, Outcome.REFUNDING, Outcome.REFUNDING]
    await asyncio.gather(*(counter.work_on_refunds() for _ in range(3)))
    money = await counter.money(order)
    assert (money.amount, money.refunded_amount) == (3 * TOTAL, 2 * TOTAL)
    assert await counter.stock(tea) == (4, 0)


async def test_paying_and_expiring_at_the_same_moment_never_does_both(counter: Counter) -> None:
    """Fault 8. Guard: whoever moves the order by compare-and-swap decides; late money revives it or goes back."""
    tea = await counter.stock_up(stock=1)
    order = await counter.order(tea)
    event = paid(await counter.request(order))
    counter.clock.pass_by(hours=1)

    await asyncio.gather(counter.expire(), counter.settle(event), counter.expire())

    assert await counter.status(order) is OrderStatus.PROCESSING
    assert await counter.stock(tea) == (0, 0)


async def test_refunds_that_race_never_exceed_what_came(counter: Counter) -> None:
    """Fault 17. Guard: the conditional UPDATE of `refunded_amount`, under the order's lock."""
    _, order = await counter.bought()

    outcomes = await asyncio.gather(*(counter.refund(order, 400) for _ in range(6)), return_exceptions=True)

    assert sum(isinstance(outcome, list) for outcome in outcomes) == 2
    assert all(isinstance(outcome, list | Refusal) for outcome in outcomes)
    assert sum(order.amount for order in counter.till.refunds.values()) == 800
    assert (await counter.money(order)).refunded_amount == 800


async def test_two_workers_ask_once(counter: Counter) -> None:
    """Guard: a refund is claimed by compare-and-swap before the provider is asked."""
    _, order = await counter.bought()
    counter.till.trouble = [ProviderError("away")]
    await counter.refund(order)
    counter.clock.pass_by(minutes=5)

    await asyncio.gather(*(counter.work_on_refunds() for _ in range(4)))

    (row,) = await counter.refunds_of(order)
    assert (row.state, row.attempts) == (RefundState.SUCCEEDED, 2)

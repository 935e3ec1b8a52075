"""Orders, payments, expiry, cancelling, refunds, copies, disorder and crashes in any sequence: the ledger adds up."""

import asyncio
import contextlib
from collections.abc import Coroutine, Generator
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from db.base import Base
from db.models import Order, OrderStatus
from shop.doctor import money as money_doctor
from shop.doctor import stock as stock_doctor
from shop.orders import cancel_by_customer
from shop.payments.reconcile import reconcile
from shop.policy import Policy
from shop.ports import ProviderError, ProviderEvent, RefundNotSupported
from shop.refusals import Refusal
from tests.payments.counter import Counter
from tests.payments.crashes import Crash, FragileDatabase
from tests.payments.tills import paid
from tests.world.clock import ManualClock
from tests.world.people import ANN, user

T = TypeVar("T")

RUNS = max(200, settings.default.max_examples if settings.default else 0)
STOCK = 4
SUMS = (money_doctor.ledger_adds_up, money_doctor.refunds_add_up)
TROUBLE = {
    "away": ProviderError("away"),
    "lost": ProviderError("lost", unknown=True),
    "refused": ProviderError("refused", permanent=True),
    "by hand": RefundNotSupported("by hand"),
}


class Ledger(RuleBasedStateMachine):
    """One customer, one product, one provider that tells the truth late, twice and in any order."""

    loop: asyncio.AbstractEventLoop
    db: FragileDatabase  # one for all runs: a new engine would compile every statement anew
    policy: Policy

    def __init__(self) -> None:
        super().__init__()
        self.do(self.clear())
        self.counter = Counter(self.db, ManualClock(), self.policy)
        self.counter.till.name = "pretend"
        self.product = self.do(self.counter.stock_up(stock=STOCK))
        self.orders: list[Order] = []
        self.charges: list[ProviderEvent] = []  # what the provider took, in truth
        self.undelivered: list[ProviderEvent] = []
        self.delivered: list[ProviderEvent] = []
        self.copies = 0

    async def clear(self) -> None:
        """Begin with empty tables."""
        async with self.db.begin() as session:
            for table in reversed(Base.metadata.sorted_tables):
                await session.execute(delete(table))
        self.db.live()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end on the machine's own loop."""
        return self.loop.run_until_complete(work)

    def survive(self, work: Coroutine[Any, Any, object]) -> bool:
        """Run what may be refused, or die in the middle; whether it came to its end."""
        try:
            self.do(work)
        except (Refusal, Crash):
            return False
        finally:
            self.db.live()
        return True

    @initialize(quantity=st.integers(1, 3))
    def begin_with_an_order(self, quantity: int) -> None:
        self.order(quantity)

    @rule(quantity=st.integers(1, 3))
    def order(self, quantity: int) -> None:
        with contextlib.suppress(Refusal):
            self.orders.append(self.do(self.counter.order(self.product, quantity)))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), short=st.sampled_from([0, 0, 0, 1]), currency=st.sampled_from(["EUR", "EUR", "EUR", "USD"]))
    def pay(self, data: st.DataObject, short: int, currency: str) -> None:
        """The provider takes money; the news of it waits to be delivered."""
        order = data.draw(st.sampled_from(self.orders))
        with contextlib.suppress(Refusal):
            self.do(self.counter.open(order))
        requests = [one for one in self.counter.till.pages.values() if one.order_id == order.id]
        if requests:
            request = data.draw(st.sampled_from(requests))
            charge = f"ch-{order.id}-{len(self.charges)}"
            event = paid(request, amount=request.total - short, charge=charge, currency=currency)
            self.charges.append(event)
            self.undelivered.append(event)

    @precondition(lambda self: self.undelivered)
    @rule(data=st.data(), moment=st.sampled_from([None, None, 0, 1]))
    def deliver(self, data: st.DataObject, moment: int | None) -> None:
        """News arrives, in any order; when the process dies over it, it will be sent again."""
        event = data.draw(st.sampled_from(self.undelivered))
        self.db.live(until=moment)
        if self.survive(self.counter.settle(event)):
            self.undelivered.remove(event)
            self.delivered.append(event)

    @precondition(lambda self: self.delivered)
    @rule(data=st.data(), renamed=st.booleans())
    def deliver_again(self, data: st.DataObject, renamed: bool) -> None:
        event = data.draw(st.sampled_from(self.delivered))
        if renamed:
            self.copies += 1
            event = replace(event, event_id=f"copy-{event.event_id}-{self.copies}")
        self.do(self.counter.settle(event))

    @rule(minutes=st.sampled_from([1, 40, 90]), moment=st.sampled_from([None, 0, 1, 2, 3]))
    def time_passes(self, minutes: int, moment: int | None) -> None:
        self.counter.clock.pass_by(minutes=minutes)
        self.db.live(until=moment)
        self.survive(self.counter.expire())

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        order = data.draw(st.sampled_from(self.orders))

        async def work(session: Any) -> None:
            await cancel_by_customer(session, await user(session, ANN), order.id, now=self.counter.clock.now())

        self.survive(self.counter.run(work))

    @precondition(lambda self: self.orders)
    @rule(
        data=st.data(),
        amount=st.sampled_from([None, None, 1, 300, 10_000]),
        restock=st.booleans(),
        trouble=st.sampled_from([None, None, *TROUBLE]),
        moment=st.sampled_from([None, None, 0, 1, 2, 3, 4, 5]),
    )
    def refund(
        self, data: st.DataObject, amount: int | None, restock: bool, trouble: str | None, moment: int | None
    ) -> None:
        order = data.draw(st.sampled_from(self.orders))
        self.counter.till.trouble = [TROUBLE[trouble]] if trouble else []
        self.counter.till.late = trouble == "lost"
        self.db.live(until=moment)
        self.survive(self.counter.refund(order, amount, restock=restock))
        self.counter.till.trouble = []

    @rule(trouble=st.sampled_from([None, *TROUBLE]), moment=st.sampled_from([None, 0, 1, 2, 3]))
    def work_on_refunds(self, trouble: str | None, moment: int | None) -> None:
        self.counter.till.trouble = [TROUBLE[trouble]] if trouble else []
        self.counter.till.late = trouble == "lost"
        self.db.live(until=moment)
        self.survive(self.counter.work_on_refunds(after=timedelta(minutes=3)))
        self.counter.till.trouble = []

    async def examine(self) -> None:
        """The doctor's checks of stock, holds, movements, sums of money and refunds."""
        async with self.db.read() as session:
            for check in (stock_doctor.stock_equals_movements, stock_doctor.held_equals_pending, *SUMS):
                findings = await check(session, self.counter.clock.now())
                assert not findings, findings

    @invariant()
    def nothing_went_back_that_was_not_taken(self) -> None:
        taken = {event.charge_id: event.amount for event in self.charges}
        for charge, amount in taken.items():
            back = sum(one.amount for one in self.counter.till.refunds.values() if one.charge_id == charge)
            assert back <= amount

    def teardown(self) -> None:
        """At the end of the day every charge is an order that goes on, or on its way back."""
        self.do(self.examine())
        for event in self.undelivered:
            self.do(self.counter.settle(event))
        for _ in range(3):
            self.do(self.counter.work_on_refunds(after=timedelta(hours=2)))
        self.do(reconcile(self.db, self.counter.providers, self.counter.clock, self.policy))
        self.do(self.examine())
        for order in self.orders:
            self.do(self.check(order))

    async def check(self, order: Order) -> None:
        charges = [event for event in self.charges if event.reference and event.reference[4:] in self.payloads(order)]
        attempts = [attempt for attempt in await self.counter.attempts(order) if attempt.captured_amount]
        assert sorted(event.amount for event in charges) == sorted(attempt.captured_amount for attempt in attempts)
        refunds = await self.counter.refunds_of(order)
        failed = any(refund.state.value == "failed" for refund in refunds)
        for attempt in attempts:
            kept = attempt.captured_amount - attempt.refunded_amount
            goes_on = await self.counter.status(order) in {OrderStatus.PROCESSING, OrderStatus.COMPLETED}
            assert kept == 0 or goes_on or failed, f"{kept} of order {order.id} are nobody's"

    def payloads(self, order: Order) -> set[str]:
        return {payload for payload, one in self.counter.till.pages.items() if one.order_id == order.id}


@pytest.fixture
def ledger(database_url: str, policy: Policy) -> Generator[type[Ledger]]:
    """The machine, on a loop of its own."""
    loop = asyncio.new_event_loop()
    db = FragileDatabase(database_url)
    yield type("Ledger", (Ledger,), {"loop": loop, "db": db, "policy": policy})
    loop.run_until_complete(db.close())
    loop.close()


@pytest.mark.sqlite_alone
def test_the_ledger_adds_up_whatever_happens(ledger: type[Ledger]) -> None:
    run_state_machine_as_test(
        ledger,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=9,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )

"""Orders, payments, expiry, cancelling, refunds, copies, disorder and crashes in any sequence: the ledger adds up."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Coroutine, Generator, Mapping
from dataclasses import dataclass
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
from msgspec.structs import replace
from sqlalchemy import select

from db.models import Order, OrderStatus, PaymentAttempt, Product, Refund, RefundState
from shop.doctor import money as money_doctor
from shop.doctor import stock as stock_doctor
from shop.orders import cancel_by_customer
from shop.payments.reconcile import reconcile
from shop.policy import Policy
from shop.ports import AttemptRequest, ProviderError, ProviderEvent, RefundNotSupported
from shop.refusals import Refusal
from tests.payments.counter import Counter
from tests.payments.crashes import Crash, FragileDatabase
from tests.payments.tills import paid
from tests.world.clock import ManualClock
from tests.world.databases import Databases
from tests.world.people import ANN, user

T = TypeVar("T")

STOCK = 4
ORDERS = 3  # they compete for the stock; more of them only take longer
QUANTITIES = (1, 2, 3)
SHORT = st.sampled_from([0, 0, 0, 1])
CURRENCY = st.sampled_from(["EUR", "EUR", "EUR", "USD"])
GOES_ON = (OrderStatus.PROCESSING, OrderStatus.COMPLETED)
SUMS = (money_doctor.ledger_adds_up, money_doctor.refunds_add_up)
TROUBLE = {
    "away": ProviderError("away"),
    "lost": ProviderError("lost", unknown=True),
    "refused": ProviderError("refused", permanent=True),
    "by hand": RefundNotSupported("by hand"),
}


@dataclass(frozen=True)
class Morning:
    """How a run begins: one order, and its payment is open."""

    rows: sqlite3.Connection
    order: Order
    request: AttemptRequest


class Ledger(RuleBasedStateMachine):
    """One customer, one product, one provider that tells the truth late, twice and in any order."""

    loop: asyncio.AbstractEventLoop
    db: FragileDatabase  # one for all runs: a new engine would compile every statement anew
    mornings: Mapping[int, Morning]
    product: Product
    policy: Policy

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter(self.db, ManualClock(), self.policy)
        self.orders: list[Order] = []
        self.charges: list[ProviderEvent] = []  # what the provider took, in truth
        self.undelivered: list[ProviderEvent] = []
        self.delivered: list[ProviderEvent] = []
        self.copies = 0

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

    @initialize(quantity=st.sampled_from(QUANTITIES), short=SHORT, currency=CURRENCY)
    def begin_with_a_charge(self, quantity: int, short: int, currency: str) -> None:
        """What happens to orders that nobody pays is seen soon enough: most of the story is about money."""
        morning = self.mornings[quantity]
        with contextlib.closing(sqlite3.connect(self.db.url.database or "")) as now:
            morning.rows.backup(now)
        self.db.live()
        self.orders.append(morning.order)
        self.counter.till.pages[morning.request.payload] = morning.request
        self.charge(morning.request, short, currency)

    @precondition(lambda self: len(self.orders) < ORDERS)
    @rule(quantity=st.sampled_from(QUANTITIES))
    def order(self, quantity: int) -> None:
        with contextlib.suppress(Refusal):
            self.orders.append(self.do(self.counter.order(self.product, quantity)))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), short=SHORT, currency=CURRENCY)
    def pay(self, data: st.DataObject, short: int, currency: str) -> None:
        """The provider takes money; the news of it waits to be delivered."""
        order = data.draw(st.sampled_from(self.orders))
        with contextlib.suppress(Refusal):
            self.do(self.counter.open(order))
        requests = [one for one in self.counter.till.pages.values() if one.order_id == order.id]
        if requests:
            self.charge(data.draw(st.sampled_from(requests)), short, currency)

    def charge(self, request: AttemptRequest, short: int, currency: str) -> None:
        charge = f"ch-{request.order_id}-{len(self.charges)}"
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
        for event in self.undelivered:
            self.do(self.counter.settle(event))
        self.counter.clock.pass_by(hours=2)  # whoever claimed a refund and died is not waited for any longer
        self.do(reconcile(self.db, self.counter.providers, self.counter.clock, self.policy))
        self.do(self.examine())
        self.do(self.check())

    async def check(self) -> None:
        async with self.db.read() as session:
            status = {order.id: order.status for order in await session.scalars(select(Order))}
            attempts = list(await session.scalars(select(PaymentAttempt).where(PaymentAttempt.captured_amount > 0)))
            failed = set(await session.scalars(select(Refund.order_id).where(Refund.state == RefundState.FAILED)))
        for order in self.orders:
            known = [attempt for attempt in attempts if attempt.order_id == order.id]
            charges = [one for one in self.charges if one.payload in self.payloads(order)]
            assert sorted(one.amount for one in charges) == sorted(attempt.captured_amount for attempt in known)
            kept = sum(attempt.captured_amount - attempt.refunded_amount for attempt in known)
            assert not kept or status[order.id] in GOES_ON or order.id in failed, f"{kept} of {order.id} are nobody's"

    def payloads(self, order: Order) -> set[str]:
        return {payload for payload, one in self.counter.till.pages.items() if one.order_id == order.id}


@pytest.fixture
def ledger(databases: Databases, policy: Policy) -> Generator[type[Ledger]]:
    """The machine, on a loop and a database of its own."""
    loop, url = asyncio.new_event_loop(), databases.empty("sqlite")
    db = FragileDatabase(url)
    counter = Counter(db, ManualClock(), policy)
    with contextlib.ExitStack() as stack:
        now = stack.enter_context(contextlib.closing(sqlite3.connect(db.url.database or "")))
        fresh = stack.enter_context(contextlib.closing(sqlite3.connect(":memory:")))
        product = loop.run_until_complete(counter.stock_up(stock=STOCK))
        now.backup(fresh)
        mornings = {}
        for quantity in QUANTITIES:
            fresh.backup(now)
            order = loop.run_until_complete(counter.order(product, quantity))
            request = loop.run_until_complete(counter.request(order))
            rows = stack.enter_context(contextlib.closing(sqlite3.connect(":memory:")))
            now.backup(rows)
            mornings[quantity] = Morning(rows, order, request)
        parts = {"loop": loop, "db": db, "mornings": mornings, "product": product, "policy": policy}
        yield type("Ledger", (Ledger,), parts)
    loop.run_until_complete(db.close())
    loop.close()
    databases.forget(url)


def play(ledger: type[Ledger], *, days: int, steps: int) -> None:
    """So many days, each with at most so many steps."""
    run_state_machine_as_test(
        ledger,
        settings=settings(
            max_examples=days,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def test_the_ledger_adds_up_whatever_happens(ledger: type[Ledger]) -> None:
    play(ledger, days=200, steps=6)


@pytest.mark.nightly
def test_the_ledger_adds_up_on_two_thousand_longer_days(ledger: type[Ledger]) -> None:
    play(ledger, days=2000, steps=12)

"""One row that nobody can work on holds up no other: provider events, refunds, payments, orders."""

from datetime import timedelta
from functools import partial

from msgspec.structs import replace
from sqlalchemy import select, update

from db.models import OrderStatus, PaymentEvent, RefundState
from shop import upkeep
from shop.doctor.money import providers_are_heard, refunds_arrive
from shop.jobs import tries
from shop.payments import inbox
from shop.payments.ledger import DifferenceKind
from shop.payments.reconcile import reconcile
from shop.payments.refunds import TRIES_BEFORE_ALARM
from shop.ports import ProviderError, ProviderEvent, RefundOrder, RefundResult
from tests.payments.counter import Counter
from tests.payments.tills import PretendTill, paid
from tests.world.people import OSCAR


class Poisoned(PretendTill):
    """A till that trips us over some references, and serves all others."""

    poison: set[str]

    async def close(self, reference: str) -> ProviderEvent | None:
        return await super().close(self._trip(reference))

    async def look_up(self, reference: str) -> ProviderEvent | None:
        return await super().look_up(self._trip(reference))

    async def refund(self, order: RefundOrder) -> RefundResult:
        self._trip(order.charge_id)
        return await super().refund(order)

    def _trip(self, reference: str) -> str:
        if reference in self.poison:
            raise KeyError(reference)
        return reference


def poisoned(counter: Counter, *references: str) -> None:
    """From now on these references trip us."""
    till = Poisoned()
    till.poison = set(references)
    till.pages = counter.till.pages
    counter.till = till


async def alerts(counter: Counter) -> list[object]:
    return [row["text_code"] for row in await counter.told(OSCAR, "operator_alert")]


async def settle_waiting(counter: Counter, limit: int = 100) -> int:
    return await inbox.process_waiting(counter.db, counter.providers, counter.clock, counter.policy, limit=limit)


async def test_events_that_cannot_be_read_hide_no_payment_and_are_set_aside(counter: Counter) -> None:
    """Guards: each event on its own; what failed waits; the number of tries."""
    order = await counter.order(await counter.stock_up())
    event = paid(await counter.request(order))
    for number in range(4):
        await counter.run(
            partial(inbox.store, event=replace(event, event_id=f"broken-{number}"), now=counter.clock.now())
        )
    async with counter.db.begin() as session:
        await session.execute(update(PaymentEvent).values(payload={"kind": "no such kind"}))
    await counter.run(lambda s: inbox.store(s, event, now=counter.clock.now()))

    rounds = [await settle_waiting(counter, limit=3) for _ in range(2)]
    assert rounds == [0, 1]
    assert await counter.status(order) is OrderStatus.PROCESSING
    for _ in range(2 * tries.MOST):
        counter.clock.pass_by(hours=1)
        await settle_waiting(counter)

    async with counter.db.read() as session:
        rows = list(await session.scalars(select(PaymentEvent).where(PaymentEvent.processed_at.is_(None))))
        findings = await providers_are_heard(session, counter.clock.now())
    assert {(row.attempts, row.dead_at is not None) for row in rows} == {(tries.MOST, True)}
    assert (await alerts(counter)).count("set_aside") == 4
    assert len(findings) == 4
    assert "set aside (ValidationError" in str(findings[0])


async def test_a_refund_that_trips_us_holds_up_no_other_and_is_named(counter: Counter) -> None:
    """Guards: each refund on its own; a pause that grows."""
    tea = await counter.stock_up()
    orders = [await counter.order(tea) for _ in range(2)]
    for number, order in enumerate(orders):
        await counter.settle(paid(await counter.request(order), charge=f"ch-{number}"))
    counter.till.trouble = [ProviderError("away") for _ in orders]
    for order in orders:
        await counter.refund(order)
    poisoned(counter, "ch-0")

    for _ in range(TRIES_BEFORE_ALARM):
        await counter.work_on_refunds(after=timedelta(hours=2))
    assert await counter.work_on_refunds(after=timedelta(minutes=1)) == 0  # after so many tries it waits for longer

    states = [(await counter.refunds_of(order))[0].state for order in orders]
    assert states == [RefundState.CREATED, RefundState.SUCCEEDED]
    assert (await alerts(counter)).count("refund_stuck") == 1
    async with counter.db.read() as session:
        (finding,) = await refunds_arrive(session, counter.clock.now())
    assert "KeyError" in str(finding)


async def test_a_payment_that_trips_us_hides_no_other_from_the_reconciler(counter: Counter) -> None:
    """Guard: each payment on its own."""
    tea = await counter.stock_up()
    orders = [await counter.order(tea) for _ in range(2)]
    requests = [await counter.request(order) for order in orders]
    poisoned(counter, f"ref-{requests[0].payload}")
    counter.till.said[f"ref-{requests[1].payload}"] = paid(requests[1])
    counter.clock.pass_by(minutes=2)

    found = await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert {one.kind for one in found} == {DifferenceKind.UNREACHABLE, DifferenceKind.FOUND_PAID}
    assert await counter.status(orders[1]) is OrderStatus.PROCESSING
    assert (await counter.attempts(orders[0]))[0].checked_at == counter.clock.now()


async def test_an_order_that_trips_us_keeps_no_other_from_expiring(counter: Counter) -> None:
    """Guards: each order on its own; the operators hear of it once."""
    tea = await counter.stock_up()
    orders = [await counter.order(tea) for _ in range(3)]
    request = await counter.request(orders[0])
    poisoned(counter, f"ref-{request.payload}")
    counter.clock.pass_by(hours=3)

    assert await counter.expire() == 2
    assert await counter.expire() == 0

    assert [await counter.status(order) for order in orders] == [
        OrderStatus.PENDING,
        OrderStatus.CANCELLED,
        OrderStatus.CANCELLED,
    ]
    assert await alerts(counter) == ["order_stuck"]


async def test_orders_that_cannot_end_yet_hide_no_others(counter: Counter) -> None:
    """Guard: the orders that are due are read page by page, to the last."""
    tea = await counter.stock_up(stock=9)
    orders = [await counter.order(tea) for _ in range(4)]
    for order in orders[:3]:
        await counter.request(order)
    counter.till.trouble = [ProviderError("away") for _ in range(3)]
    counter.clock.pass_by(minutes=50)

    expired = await upkeep.expire_orders(counter.db, counter.providers, counter.clock, counter.policy, page=2)

    assert expired == 1
    assert await counter.status(orders[3]) is OrderStatus.CANCELLED

"""What is not paid expires, but never under the hands of who is paying; buyers are asked for stars once."""

from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Inventory, Notification, Order, OrderStatus, PaymentAttempt
from db.session import Database
from shop import orders, upkeep
from shop.policy import Policy
from shop.ports import (
    AttemptRequest,
    Delivery,
    EventKind,
    Opening,
    OrderFacts,
    ProviderError,
    ProviderEvent,
    RefundOrder,
    RefundResult,
)
from tests.shop.buying import HOLD, pay, place
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, user


class Till:
    """A provider that is asked to close its payments, and answers as it is told to."""

    name = "stripe"
    lifetime = hold = timedelta(minutes=31)
    partial_refunds = True
    by_hand = False
    delivery = Delivery.NOWHERE

    def __init__(self, answer: ProviderEvent | ProviderError | None = None) -> None:
        self.answer = answer
        self.closed: list[str] = []

    def accepts(self, order: OrderFacts) -> bool:
        return True

    async def open(self, request: AttemptRequest) -> Opening:
        raise NotImplementedError

    async def look_up(self, reference: str) -> ProviderEvent | None:
        return None

    async def close(self, reference: str) -> ProviderEvent | None:
        self.closed.append(reference)
        if isinstance(self.answer, ProviderError):
            raise self.answer
        return self.answer

    async def refund(self, order: RefundOrder) -> RefundResult:
        raise NotImplementedError


PAID = ProviderEvent(
    provider="stripe",
    event_id="evt_1",
    kind=EventKind.PAID,
    reference="cs_1",
    amount=450,
    currency="EUR",
    charge_id="pi_1",
)


async def _pending(database: Database, *, paying: bool) -> int:
    async with database.begin() as session:
        order = await place(session, await user(session, ANN), await a_product(session, price=450, stock=3))
        if paying:
            session.add(
                PaymentAttempt(
                    order_id=order.id,
                    provider="stripe",
                    reference="cs_1",
                    idempotency_key="key-1",
                    state=AttemptState.OPEN,
                    amount=450,
                    currency="EUR",
                    captured_amount=0,
                    refunded_amount=0,
                    request={},
                    expires_at=START + HOLD,
                    created_at=START,
                    updated_at=START,
                )
            )
        return order.id


async def _stands(database: Database) -> tuple[OrderStatus, int]:
    async with database.read() as session:
        status = (await session.scalars(select(Order.status))).one()
        return status, (await session.scalars(select(Inventory.quantity_reserved))).one()


async def test_an_order_expires_when_its_hold_ran_out_and_not_before(database: Database, clock: ManualClock) -> None:
    await _pending(database, paying=False)
    clock.pass_by(minutes=14)
    assert await upkeep.expire_orders(database, {}, clock, Policy()) == 0
    clock.pass_by(minutes=1)
    assert await upkeep.expire_orders(database, {}, clock, Policy()) == 1
    assert await upkeep.expire_orders(database, {}, clock, Policy()) == 0
    assert await _stands(database) == (OrderStatus.CANCELLED, 0)
    async with database.read() as session:
        told = await session.scalars(select(Notification.kind).order_by(Notification.id))
        assert list(told) == ["order_card", "order_expired"]


async def test_the_payment_page_is_closed_before_the_stock_is_let_go(database: Database, clock: ManualClock) -> None:
    await _pending(database, paying=True)
    clock.pass_by(minutes=20)
    till = Till()
    assert await upkeep.expire_orders(database, {"stripe": till}, clock, Policy()) == 1
    assert till.closed == ["cs_1"]
    async with database.read() as session:
        assert (await session.scalars(select(PaymentAttempt.state))).one() is AttemptState.EXPIRED


async def test_an_order_that_turns_out_to_be_paid_lives(database: Database, clock: ManualClock) -> None:
    await _pending(database, paying=True)
    clock.pass_by(minutes=20)
    assert await upkeep.expire_orders(database, {"stripe": Till(PAID)}, clock, Policy()) == 0
    assert await _stands(database) == (OrderStatus.PROCESSING, 0)


async def test_while_the_provider_is_away_the_stock_stays_held_for_an_hour(
    database: Database, clock: ManualClock
) -> None:
    await _pending(database, paying=True)
    away = Till(ProviderError("timed out", unknown=True))
    clock.pass_by(minutes=20)
    assert await upkeep.expire_orders(database, {"stripe": away}, clock, Policy()) == 0
    assert await _stands(database) == (OrderStatus.PENDING, 1)
    clock.pass_by(minutes=60)
    assert await upkeep.expire_orders(database, {"stripe": away}, clock, Policy()) == 1


async def test_a_hold_that_was_extended_meanwhile_is_respected(database: Database, clock: ManualClock) -> None:
    order_id = await _pending(database, paying=True)

    class Extending(Till):
        async def close(self, reference: str) -> ProviderEvent | None:
            later = update(Order).where(Order.id == order_id).values(expires_at=clock.now() + timedelta(minutes=20))
            await database.transact(lambda session: session.execute(later))
            return None

    clock.pass_by(minutes=20)
    assert await upkeep.expire_orders(database, {"stripe": Extending()}, clock, Policy()) == 0
    assert await _stands(database) == (OrderStatus.PENDING, 1)


async def test_stars_are_asked_for_some_days_after_completion_and_once(database: Database, clock: ManualClock) -> None:
    async def completed(session: AsyncSession) -> None:
        order = await place(session, await user(session, ANN), await a_product(session))
        await pay(session, order)
        await orders.complete(session, await user(session, OLGA), order.id, now=clock.now())

    await database.transact(completed)
    await database.transact(completed)
    policy = Policy(review_after=timedelta(days=3), review_batch=1)
    clock.pass_by(days=2)
    assert await upkeep.request_reviews(database, clock, policy) == 0
    clock.pass_by(days=1)
    assert [await upkeep.request_reviews(database, clock, policy) for _ in range(3)] == [1, 1, 0]
    async with database.read() as session:
        asked = select(func.count()).where(Notification.kind == "review_request")
        assert await session.scalar(asked) == 2

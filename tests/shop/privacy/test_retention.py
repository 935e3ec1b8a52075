"""What is old enough goes, by pages; what is younger, open or kept for ever stays."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from db.models import (
    Dialog,
    ImportRun,
    ImportState,
    KeptForm,
    Message,
    Order,
    OrderNote,
    OrderStatus,
    Payment,
    PaymentAttempt,
    PaymentEvent,
    Receipt,
    TelegramUpdate,
)
from db.session import Database
from shop.policy import Policy
from shop.privacy import retention
from tests.shop.buying import place
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, user

DAY = timedelta(days=1)
POLICY = Policy(keep_orders=100 * DAY, keep_messages=50 * DAY, keep_drafts=10 * DAY, keep_imports=20 * DAY)
MANY = 25


async def some_orders(database: Database) -> list[int]:
    """MANY that are completed, cancelled ones among them, and one that is open."""
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=100)
        first = await place(session, ann, tea)
        common: dict[str, Any] = {"user_id": ann.id, "owner_id": tea.owner_id, "kind": "physical", "currency": "EUR"}
        common |= {"subtotal": 450, "total_price": 450, "address": {"city": "Berlin"}, "note": "Ring twice"}
        common |= {"created_at": START, "updated_at": START}
        done = ["completed", "cancelled"]
        rows = [common | {"status": done[n % 2], "checkout_key": f"old-{n}"} for n in range(MANY)]
        await session.execute(insert(Order), rows)
        await session.execute(update(Order).values(address={"city": "Berlin"}, note="Ring twice", tracking="LX1"))
        ids = list(await session.scalars(select(Order.id).where(Order.id != first.id).order_by(Order.id)))
        asked: dict[str, Any] = {"amount": 450, "currency": "EUR", "created_at": START, "updated_at": START}
        attempt = PaymentAttempt(
            order_id=ids[0], provider="stripe", reference="cs_1", idempotency_key="a", request={"name": "Ann"}, **asked
        )
        note = OrderNote(
            order_id=ids[0], owner_id=tea.owner_id, text="Odd", actor="a", created_at=START, updated_at=START
        )
        event: dict[str, Any] = {"provider": "stripe", "type": "paid", "payload": {"address": "Berlin"}}
        event |= {"received_at": START, "run_at": START, "reference": "cs_1"}
        session.add_all([attempt, note, PaymentEvent(event_id="e", processed_at=START, **event)])
        session.add(PaymentEvent(event_id="waits", **event))
        receipt = Receipt(owner_id=tea.owner_id, year=2026, number=1, kind="sale", source="s", order_id=ids[0])
        receipt.currency, receipt.total, receipt.tax, receipt.issued_at = "EUR", 450, 0, START
        receipt.content = {"seller": "Olga", "buyer": {"name": "Ann"}}
        session.add(receipt)
    return ids


async def left(database: Database, *where: Any) -> int:
    async with database.read() as session:
        return int(await session.scalar(select(func.count(Order.id)).where(Order.note.is_not(None), *where)) or 0)


async def test_ended_orders_lose_address_and_texts_page_by_page(database: Database, clock: ManualClock) -> None:
    ids = await some_orders(database)
    clock.pass_by(days=99)
    assert await retention.keep_in_bounds(database, clock, POLICY) == 0
    assert await left(database) == MANY + 1

    clock.pass_by(days=2)
    await retention.keep_in_bounds(database, clock, POLICY, page=4, pages=3)
    assert await left(database) == MANY + 1 - 12
    while await retention.keep_in_bounds(database, clock, POLICY, page=4, pages=3):
        pass

    assert await left(database, Order.status == OrderStatus.PENDING) == await left(database) == 1
    async with database.read() as session:
        order = await session.get_one(Order, ids[0])
        assert (order.address, order.tracking, order.phone_end, order.total_price) == (None, None, None, 450)
        assert order.updated_at == START
        assert await session.scalar(select(func.count(OrderNote.id))) == 0
        assert (await session.scalars(select(PaymentAttempt.request))).one() == {}
        assert (await session.scalars(select(Receipt.content))).one() == {"seller": "Olga", "buyer": {}}
        # what a provider said goes with it, and what is not handled yet does not
        assert list(await session.scalars(select(PaymentEvent.event_id))) == ["waits"]
        assert await session.scalar(select(func.count(Payment.id))) == 0


@pytest.mark.one_database
async def test_zero_keeps_for_ever(database: Database, clock: ManualClock) -> None:
    await some_orders(database)
    clock.pass_by(days=9000)
    assert await retention.keep_in_bounds(database, clock, Policy()) == 0
    assert await left(database) == MANY + 1


async def test_messages_forms_lists_and_what_telegram_said_go_when_they_are_old(
    database: Database, clock: ManualClock
) -> None:
    async with database.begin() as session:
        ann, olga = await user(session, ANN), await user(session, OLGA)
        for number, days in enumerate((60, 55, 3)):
            at = START + timedelta(days=60 - days)
            said = {"customer_id": ann.id, "seller_id": olga.id, "author": "customer", "text": "x", "created_at": at}
            session.add(Message(once=str(number), **said))
            await session.flush()
        session.add_all(
            [
                Dialog(user_id=ann.id, kind="address", step="name", data={}, updated_at=START),
                KeptForm(user_id=ann.id, kind="address", step="name", data={}, updated_at=START),
                KeptForm(user_id=ann.id, kind="note", step="name", data={}, updated_at=START + 59 * DAY),
                TelegramUpdate(update_id=1, kind="payment", payload={"a": 1}, received_at=START, run_at=START),
                TelegramUpdate(
                    update_id=2, kind="payment", payload={"a": 1}, received_at=START, run_at=START, done_at=START
                ),
            ]
        )
        for state in ImportState:
            run = ImportRun(owner_id=olga.id, actor="a", batch="b", mark="m", name="goods.csv", started_at=START)
            run.state, run.total, run.kept = state, 1, []
            session.add(run)
    clock.pass_by(days=60)

    await retention.keep_in_bounds(database, clock, POLICY)
    clock.pass_by(days=31)
    await retention.keep_in_bounds(database, clock, Policy())

    async with database.read() as session:
        assert list(await session.scalars(select(Message.once))) == ["2"]
        assert list(await session.scalars(select(KeptForm.kind))) == ["note"]
        assert await session.scalar(select(func.count(Dialog.user_id))) == 0
        assert set(await session.scalars(select(ImportRun.state))) == {ImportState.WRITING, ImportState.UNDOING}
        assert list(await session.scalars(select(TelegramUpdate.update_id))) == [1]

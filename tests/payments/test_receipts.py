"""Receipts come with the money: numbered from 1 without a gap, one a payment and one a refund, the same for ever."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Receipt, ReceiptCounter, ReceiptKind, RefundState
from shop import doctor
from shop.ports import EventKind, ProviderEvent, RefundNotSupported
from shop.receipts import content_of
from shop.receipts.numbers import next_number
from shop.taxes import Rates, by_place
from tests.payments.counter import POSTAGE, Counter
from tests.payments.tills import paid

TAXED = Rates("DE", by_place=by_place(["DE 19"]))
MANY = 50


async def receipts(counter: Counter) -> Sequence[Receipt]:
    """All of them, in the order of their numbers."""
    async with counter.db.read() as session:
        return list(await session.scalars(select(Receipt).order_by(Receipt.year, Receipt.number)))


async def numbers(counter: Counter) -> list[int]:
    """Their numbers."""
    return [one.number for one in await receipts(counter)]


async def test_fifty_at_once_have_the_numbers_from_one_to_fifty(counter: Counter) -> None:
    """Guard: the counter's conditional UPDATE, which the others wait at until the commit."""
    counter.policy = replace(counter.policy, max_unpaid_orders=MANY, max_held_units=MANY, max_held_lines=MANY)
    tea = await counter.stock_up(stock=MANY)
    orders = [await counter.order(tea) for _ in range(MANY)]
    events = [paid(await counter.request(order), charge=f"ch-{order.id}") for order in orders]

    async def fails() -> None:
        with pytest.raises(ZeroDivisionError):
            await counter.run(_takes_a_number_and_fails)

    async def _takes_a_number_and_fails(session: AsyncSession) -> None:
        await next_number(session, orders[0].owner_id, zone=UTC, now=counter.clock.now())
        raise ZeroDivisionError

    await asyncio.gather(*(counter.settle(event) for event in events), *(fails() for _ in range(5)))

    assert await numbers(counter) == list(range(1, MANY + 1))
    async with counter.db.read() as session:
        assert await session.scalar(select(ReceiptCounter.last)) == MANY
        assert [one for one in await doctor.check(session, now=counter.clock.now()) if "receipt" in one.check] == []


async def test_a_payment_has_one_receipt_however_often_it_is_told(counter: Counter) -> None:
    """Guard: a receipt is written with the money, in its transaction."""
    counter.policy = replace(counter.policy, tax=TAXED)
    tea = await counter.stock_up()
    order = await counter.order(tea)
    event = paid(await counter.request(order))
    await asyncio.gather(*(counter.settle(replace(event, event_id=f"copy {n}")) for n in range(4)))

    (receipt,) = await receipts(counter)
    assert (receipt.kind, receipt.number, receipt.total, receipt.tax) == (ReceiptKind.SALE, 1, 450 + POSTAGE, 72 + 78)
    said = content_of(receipt)
    assert [(one.rate, one.gross, one.tax) for one in said.rates] == [(19_000, 450 + POSTAGE, 150)]
    counter.policy = replace(counter.policy, shop_name="Another", seller="Another", tax=Rates())
    assert content_of((await receipts(counter))[0]) == said


async def test_refunds_have_numbers_of_their_own_and_give_all_of_the_tax_back(counter: Counter) -> None:
    counter.policy = replace(counter.policy, tax=TAXED)
    _, order = await counter.bought()
    for amount in (100, 333, None):
        await counter.refund(order, amount)

    sale, *back = await receipts(counter)
    assert [(one.kind, one.number) for one in back] == [(ReceiptKind.REFUND, n) for n in (2, 3, 4)]
    assert [one.total for one in back] == [100, 333, 450 + POSTAGE - 433]
    assert sum(one.tax for one in back) == sale.tax == 150
    assert {content_of(one).of for one in back} == {sale.called}


async def test_a_refund_by_hand_has_its_receipt_when_the_money_is_back_and_a_failed_one_is_corrected(
    counter: Counter,
) -> None:
    _, order = await counter.bought()
    counter.till.trouble = [RefundNotSupported("by hand only")]
    await counter.refund(order, 100)
    assert await numbers(counter) == [1]
    (await_hand,) = await counter.refunds_of(order)
    assert await_hand.state is RefundState.MANUAL

    (news,) = await counter.refund(order, 200)
    (row,) = [one for one in await counter.refunds_of(order) if one.id == news.refund_id]
    failed = ProviderEvent(
        provider=counter.till.name,
        event_id="failed-later",
        kind=EventKind.REFUND_FAILED,
        payload=(await counter.attempts(order))[0].idempotency_key,
        refund_key=row.idempotency_key,
        amount=200,
        currency="EUR",
    )
    await counter.settle(failed)
    await counter.settle(replace(failed, event_id="again"))

    kinds = [one.kind for one in await receipts(counter)]
    assert kinds == [ReceiptKind.SALE, ReceiptKind.REFUND, ReceiptKind.REVERSAL]
    await counter.refund(order, 200)
    assert [one.total for one in await receipts(counter)] == [450 + POSTAGE, 200, 200, 200]


async def test_a_charge_that_no_order_keeps_is_on_no_receipt(counter: Counter) -> None:
    tea = await counter.stock_up()
    order = await counter.order(tea)
    request = await counter.request(order)
    for charge in ("first", "second"):
        await counter.settle(paid(request, charge=charge))
    await counter.work_on_refunds()

    assert [row.state for row in await counter.refunds_of(order)] == [RefundState.SUCCEEDED]
    assert await numbers(counter) == [1]


async def test_an_order_that_was_never_paid_has_none(counter: Counter) -> None:
    await counter.order(await counter.stock_up())
    counter.clock.pass_by(hours=1)
    await counter.expire()
    assert await numbers(counter) == []


async def test_a_year_begins_where_the_shop_is(counter: Counter) -> None:
    zone = ZoneInfo("Asia/Tokyo")
    asked = (datetime(2026, 12, 31, 14, 59, tzinfo=UTC), datetime(2026, 12, 31, 15, 0, tzinfo=UTC))

    async def take(session: AsyncSession) -> list[tuple[int, int]]:
        owner_id = (await session.scalars(select(Order.owner_id))).one()
        return [await next_number(session, owner_id, zone=zone, now=now) for now in (*asked, asked[1])]

    await counter.order(await counter.stock_up())
    assert await counter.run(take) == [(2026, 1), (2027, 1), (2027, 2)]

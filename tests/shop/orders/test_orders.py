"""Orders move by compare-and-swap, by whom they belong to, and everybody concerned is told."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Notification, Order, OrderEvent, OrderStatus, ProductKind
from db.session import Database
from shop import carts, orders
from shop.messages import threads
from shop.orders import lifecycle
from shop.orders.lifecycle import MOVES, may_move
from shop.orders.news import tell_seller
from shop.orders.pages import Turn
from shop.people.permissions import operating
from shop.refusals import NotFound, WrongStatus
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, EVE, IVAN, OLGA, OSCAR, user

PENDING, PROCESSING, SHIPPED, COMPLETED, CANCELLED = OrderStatus


async def _told(session: AsyncSession) -> list[tuple[str, int]]:
    query = select(Notification.kind, Notification.user_id).order_by(Notification.id)
    return [(kind, user_id) for kind, user_id in (await session.execute(query)).all()]


def test_nothing_moves_out_of_the_end_and_digital_goods_are_never_shipped() -> None:
    assert not any(was in {COMPLETED, CANCELLED} for was, _ in MOVES)
    assert not may_move(ProductKind.DIGITAL, PROCESSING, SHIPPED)
    assert may_move(ProductKind.DIGITAL, PROCESSING, COMPLETED)
    assert not may_move(ProductKind.PHYSICAL, PENDING, SHIPPED)


async def test_an_impossible_move_is_a_mistake_of_ours(session: AsyncSession) -> None:
    with pytest.raises(ValueError, match="no order moves"):
        await lifecycle.move(session, 1, PENDING, from_=SHIPPED, actor="system:test", cause="test", now=START)


async def test_of_many_who_move_an_order_one_does(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=5)
        order = await place(session, ann, tea, 2)

    async def cancel(session: AsyncSession) -> bool:
        return await orders.cancel_pending(session, order.id, actor="system:expiry", cause="payment_expired", now=START)

    done = await asyncio.gather(*(database.transact(cancel) for _ in range(6)))
    assert sum(done) == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).where(OrderEvent.to_status == "cancelled")) == 1
        assert await session.scalar(select(Inventory.quantity_reserved)) == 0


async def test_paying_and_expiring_at_the_same_moment_ends_as_one_of_them(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=100)
        pending = [await place(session, ann, tea, 1) for _ in range(6)]

    async def paid(session: AsyncSession, order: Order) -> None:
        await pay(session, order)

    async def expired(session: AsyncSession, order: Order) -> bool:
        return await orders.cancel_pending(session, order.id, actor="system:expiry", cause="payment_expired", now=START)

    results = await asyncio.gather(
        *(database.transact(lambda session, order=order: paid(session, order)) for order in pending),  # type: ignore[misc]  # a bound default
        *(database.transact(lambda session, order=order: expired(session, order)) for order in pending),  # type: ignore[misc]  # a bound default
        return_exceptions=True,
    )
    assert all(isinstance(result, AssertionError) for result in results if isinstance(result, BaseException))
    async with database.read() as session:
        statuses = list(await session.scalars(select(Order.status)))
        stock = (await session.scalars(select(Inventory))).one()
    sold = statuses.count(PROCESSING)
    assert sold + statuses.count(CANCELLED) == 6
    assert (stock.quantity_in_stock, stock.quantity_reserved) == (100 - sold, 0)


async def test_the_whole_way_of_an_order_is_told_and_recorded(session: AsyncSession) -> None:
    ann, olga, tea = await user(session, ANN), await user(session, OLGA), await a_product(session)
    order = await place(session, ann, tea)
    await pay(session, order)
    shipped = await orders.ship(session, olga, order.id, " TRACK-1 ", now=START)
    assert (shipped.status, shipped.tracking, shipped.expires_at) == (SHIPPED, "TRACK-1", None)
    corrected = await orders.ship(session, olga, order.id, "TRACK-2", now=START)
    assert corrected.tracking == "TRACK-2"
    completed = await orders.complete(session, olga, order.id, now=START)
    assert completed.completed_at == START
    assert [(event.from_status, event.to_status, event.actor) for event in completed.events] == [
        (None, "pending", f"customer:{ann.id}"),
        ("pending", "processing", "provider:test"),
        ("processing", "shipped", f"owner:{olga.id}"),
        ("shipped", "shipped", f"owner:{olga.id}"),
        ("shipped", "completed", f"owner:{olga.id}"),
    ]
    assert await _told(session) == [
        ("order_card", ann.id),
        ("new_order", olga.id),
        ("order_card", ann.id),
        ("order_shipped", ann.id),
        ("order_card", ann.id),
        ("order_card", ann.id),
    ]


async def test_who_cancels_decides_who_is_told(session: AsyncSession) -> None:
    ann, olga, tea = await user(session, ANN), await user(session, OLGA), await a_product(session)
    by_ann = await place(session, ann, tea)
    await orders.cancel_by_customer(session, ann, by_ann.id, now=START)
    assert await _told(session) == [("order_card", ann.id)]
    by_olga = await place(session, ann, tea)
    cancelled = await orders.cancel_by_owner(session, olga, by_olga.id, reason="Broken in the store", now=START)
    assert cancelled.cancel_reason == "Broken in the store"
    assert (await _told(session))[1:] == [("order_card", ann.id), ("order_cancelled", ann.id)]
    by_hand = await place(session, ann, tea, method="cash")
    before = len(await _told(session))
    await orders.cancel_by_customer(session, ann, by_hand.id, now=START)
    assert (await _told(session))[before:] == [("order_card", ann.id)]  # its seller had not heard of it
    by_hand = await place(session, ann, tea, method="cash")
    await tell_seller(session, by_hand.id, olga.id, now=START)
    before = len(await _told(session))
    await orders.cancel_by_customer(session, ann, by_hand.id, now=START)
    assert (await _told(session))[before:] == [("order_card", ann.id), ("order_withdrawn", olga.id)]


async def test_a_paid_order_is_not_simply_cancelled(session: AsyncSession) -> None:
    ann, olga, tea = await user(session, ANN), await user(session, OLGA), await a_product(session)
    order = await place(session, ann, tea)
    await pay(session, order)
    with pytest.raises(WrongStatus) as refused:
        await orders.cancel_by_customer(session, ann, order.id, now=START)
    assert refused.value.data["status"] == PROCESSING
    with pytest.raises(WrongStatus):
        await orders.cancel_by_owner(session, olga, order.id, reason="", now=START)
    await orders.complete(session, olga, order.id, now=START)
    for again in (
        orders.complete(session, olga, order.id, now=START),
        orders.ship(session, olga, order.id, "X", now=START),
    ):
        with pytest.raises(WrongStatus):
            await again


async def test_nobody_sees_or_moves_what_is_not_theirs(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    eve, ivan, oscar = await user(session, EVE), await user(session, IVAN), await user(session, OSCAR)
    order = await place(session, ann, tea)
    assert (await orders.list_for_customer(session, eve)).orders == []
    assert (await orders.list_for_owner(session, ivan)).orders == []
    everybodys = await orders.list_for_owner(session, operating(oscar))
    assert [row.id for row in everybodys.orders] == [order.id]
    for attempt in (
        orders.get_for_customer(session, eve, order.id),
        orders.cancel_by_customer(session, eve, order.id, now=START),
        threads.of_order(session, eve, order.id),
        orders.get_for_owner(session, ivan, order.id),
        orders.ship(session, ivan, order.id, "X", now=START),
        orders.complete(session, ivan, order.id, now=START),
        orders.cancel_by_owner(session, ivan, order.id, reason="", now=START),
        threads.of_sale(session, ivan, order.id),
    ):
        with pytest.raises(NotFound):
            await attempt
    moved = await orders.cancel_by_owner(session, operating(oscar), order.id, reason="Fraud", now=START)
    assert moved.events[-1].actor == f"operator:{oscar.id}"


async def test_lists_are_paged_from_the_newest(session: AsyncSession) -> None:
    ann, olga, tea = await user(session, ANN), await user(session, OLGA), await a_product(session, stock=10)
    ids = [(await place(session, ann, tea)).id for _ in range(5)]
    await orders.cancel_by_customer(session, ann, ids[1], now=START)
    first = await orders.list_for_customer(session, ann, Turn(size=2))
    assert [order.id for order in first.orders] == ids[:2:-1]
    assert (first.newer, first.older, first.top) == (False, True, None)
    second = await orders.list_for_customer(session, ann, Turn(before=ids[3], size=2))
    assert [order.id for order in second.orders] == ids[2:0:-1]
    assert (second.newer, second.older, second.top) == (True, True, ids[2] + 1)
    last = await orders.list_for_customer(session, ann, Turn(before=ids[1], size=2))
    assert ([order.id for order in last.orders], last.older) == ([ids[0]], False)
    back = await orders.list_for_customer(session, ann, Turn(after=ids[0], size=2))
    assert [order.id for order in back.orders] == [order.id for order in second.orders]
    assert (back.newer, back.older) == (True, True)
    pending = await orders.list_for_owner(session, olga, Turn(size=10), status=PENDING)
    assert [order.id for order in pending.orders] == [ids[4], ids[3], ids[2], ids[0]]
    assert {order.user.name for order in pending.orders} == {"Ann"}


async def test_the_customers_list_says_what_was_in_an_order(session: AsyncSession) -> None:
    ann, tea, cup = await user(session, ANN), await a_product(session, "Tea"), await a_product(session, "Cup")
    await place(session, ann, tea)
    await carts.set_quantity(session, ann, cup.id, 1, now=START)
    both = await orders.get_for_customer(session, ann, (await place(session, ann, tea)).id)
    first = both.items[0].name
    listed = (await orders.list_for_customer(session, ann)).orders
    assert [(order.first_item, order.lines) for order in listed] == [(first, 2), ("Tea", 1)]

"""What goes back for returned pieces: what they cost after the discount, once, and to whom it is permitted."""

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    Order,
    OrderItem,
    OrderStatus,
    Refund,
    ReturnEvent,
    ReturnStatus,
    StockMovement,
)
from shop import returns
from shop.people.permissions import Permission, acts_as
from shop.ports import ProviderError
from shop.refusals import NotPermitted, RefundTooLarge, RefundWholeOnly, Refusal
from shop.returns import paying
from shop.returns.refusals import CannotReturn
from tests.payments.counter import POSTAGE, Counter
from tests.payments.returning import TEA, agree, arrived, ask, came_back, give_back, is_sound, item_of, receive, see
from tests.payments.tills import paid
from tests.world.people import IVAN, OLGA, user


@pytest.mark.one_database
async def test_a_provider_that_is_away_is_asked_again_with_the_same_key(counter: Counter) -> None:
    _, order = await arrived(counter, 2)
    return_id = await came_back(counter, order, 1)
    counter.till.trouble = [ProviderError("away")]
    assert await give_back(counter, return_id) == TEA
    counter.clock.pass_by(minutes=5)
    await counter.work_on_refunds()
    assert sum(one.amount for one in counter.till.refunds.values()) == TEA
    assert len(await counter.refunds_of(order)) == 1


@pytest.mark.one_database
async def test_many_returns_of_one_order_give_back_what_was_paid_after_the_discount_to_the_cent(
    counter: Counter,
) -> None:
    """Three teas at 4.50 with 1.00 off: 4.16, 4.17 and 4.17, never 4.50 (Solidus #512)."""
    _, order = await arrived(counter, 3)

    async def discount(session: AsyncSession) -> None:
        await session.execute(update(OrderItem).where(OrderItem.order_id == order.id).values(discount=100))

    await counter.run(discount)
    given = [await give_back(counter, await came_back(counter, order)) for _ in range(3)]
    assert given == [416, 417, 417]
    with pytest.raises(CannotReturn):
        await ask(counter, order)
    rows = await counter.refunds_of(order)
    assert [(row.units, row.item_id is not None) for row in rows] == [(1, True)] * 3


@pytest.mark.one_database
async def test_what_was_given_back_before_is_not_given_back_for_the_return_again(counter: Counter) -> None:
    _, order = await arrived(counter, 2)
    item = await item_of(counter, order)
    return_id = await came_back(counter, order, 2)

    async def one_before(session: AsyncSession) -> None:
        from shop.payments.giving import Wish, decide

        wish = Wish(order.id, f"owner:{order.owner_id}", item_id=item, units=1, owner_id=order.owner_id)
        await decide(session, wish, counter.providers, now=counter.clock.now())

    await counter.run(one_before)
    assert await give_back(counter, return_id) == TEA
    assert (await counter.money(order)).refunded_amount == 2 * TEA


@pytest.mark.one_database
async def test_everything_goes_back_with_the_shipping_and_never_more(counter: Counter) -> None:
    _, order = await arrived(counter, 2)
    return_id = await came_back(counter, order, 2)
    with pytest.raises(RefundTooLarge):
        await give_back(counter, return_id, 2 * TEA + POSTAGE + 1)
    assert await give_back(counter, return_id, 2 * TEA + POSTAGE) == 2 * TEA + POSTAGE
    assert await counter.status(order) is OrderStatus.COMPLETED


@pytest.mark.one_database
async def test_stars_and_the_like_go_back_whole_or_not_at_all(counter: Counter) -> None:
    _, order = await arrived(counter, 2)
    return_id = await came_back(counter, order, 1)
    counter.till.partial_refunds = False
    with pytest.raises(RefundWholeOnly):
        await give_back(counter, return_id)
    assert (await see(counter, return_id)).status is ReturnStatus.RECEIVED
    assert await give_back(counter, return_id, 2 * TEA + POSTAGE) == 2 * TEA + POSTAGE


@pytest.mark.one_database
async def test_goods_go_to_the_shelf_by_choice_and_never_more_than_left_it(counter: Counter) -> None:
    tea, order = await arrived(counter, 3)
    await came_back(counter, order, 2, restock=1)
    assert await counter.stock(tea) == (3, 0)
    await counter.refund(order, restock=True)  # everything else comes back with its money
    assert await counter.stock(tea) == (5, 0)
    await came_back(counter, order, 1, restock=1)  # it is there already
    assert await counter.stock(tea) == (5, 0)
    async with counter.db.read() as session:
        assert await session.scalar(select(func.sum(StockMovement.delta))) == 5
    await is_sound(counter)


@pytest.mark.one_database
async def test_nobody_returns_what_is_not_theirs_or_was_not_sent_or_is_too_late(counter: Counter) -> None:
    tea = await counter.stock_up()
    order = await counter.order(tea)
    await counter.settle(paid(await counter.request(order)))
    with pytest.raises(CannotReturn) as refused:
        await ask(counter, order)
    assert refused.value.data["why"] == "not_arrived"
    async with counter.db.begin() as session:
        await session.execute(update(Order).values(status=OrderStatus.COMPLETED, completed_at=counter.clock.now()))
    for units in (0, 2, -1):
        with pytest.raises(CannotReturn):
            await ask(counter, order, units)
    counter.policy = replace(counter.policy, returns=counter.policy.returns * 0)
    with pytest.raises(CannotReturn) as refused:
        await ask(counter, order)
    assert refused.value.data["why"] == "off"
    counter.policy = replace(counter.policy, returns=type(counter.policy)().returns)
    counter.clock.pass_by(days=14)
    with pytest.raises(CannotReturn) as refused:
        await ask(counter, order)
    assert refused.value.data["why"] == "late"

    async def of_another(session: AsyncSession) -> None:
        ivan = await user(session, IVAN)
        await returns.start(session, ivan, order.id, {1: 1}, policy=counter.policy, now=counter.clock.now())

    with pytest.raises(Refusal, match="not_found"):
        await counter.run(of_another)


@pytest.mark.one_database
async def test_who_sees_to_orders_alone_gives_no_money_back_and_who_sees_to_money_agrees_to_nothing(
    counter: Counter,
) -> None:
    _, order = await arrived(counter, 2)
    return_id = await ask(counter, order)
    async with counter.db.begin() as session:
        olga, bob = await user(session, OLGA), await user(session, IVAN)
    base = acts_as(bob, None, is_owner=False, operators=())
    hers = replace(base, owner_id=olga.id)
    orders_only = replace(hers, permissions=frozenset({Permission.ORDERS}))
    money_only = replace(hers, permissions=frozenset({Permission.MONEY}))

    async def agrees(session: AsyncSession) -> None:
        await returns.agree(session, money_only, return_id, "", policy=counter.policy, now=counter.clock.now())

    with pytest.raises(NotPermitted):
        await counter.run(agrees)
    await agree(counter, return_id)
    await receive(counter, return_id)
    with pytest.raises(NotPermitted):
        await paying.give_back(
            counter.db,
            counter.providers,
            orders_only,
            return_id,
            amount=None,
            clock=counter.clock,
            policy=counter.policy,
        )
    done = await paying.give_back(
        counter.db, counter.providers, money_only, return_id, amount=None, clock=counter.clock, policy=counter.policy
    )
    assert done.row.status is ReturnStatus.REFUNDED
    async with counter.db.read() as session:
        steps = list(await session.scalars(select(ReturnEvent.actor).order_by(ReturnEvent.id)))
        assert await session.scalar(select(func.count()).select_from(Refund)) == 1
    assert steps[-1] == f"staff:{bob.id}"

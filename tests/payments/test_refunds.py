"""Giving money back: never more than came, never twice, never forgotten, whatever races or fails."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import OrderStatus, PaymentStatus, ProductKind, PromotionKind, RefundState
from shop import promotions
from shop.payments import refunds
from shop.payments.giving import Wish
from shop.people.permissions import ALL, Acting
from shop.ports import ProviderError, RefundNotSupported
from shop.promotions import PromotionDraft
from shop.refusals import GoodsWithoutMoney, NotFound, NothingToRefund, RefundTooLarge, RefundWholeOnly
from tests.payments.counter import POSTAGE, Counter
from tests.payments.tills import paid
from tests.world.people import ANN, IVAN, OLGA, user

pytestmark = pytest.mark.one_database
TOTAL = 450 + POSTAGE


async def test_everything_back_cancels_an_order_that_was_not_sent(counter: Counter) -> None:
    tea, order = await counter.bought()

    (news,) = await counter.refund(order)

    assert (news.amount, news.state) == (TOTAL, RefundState.SUCCEEDED)
    assert await counter.status(order) is OrderStatus.CANCELLED
    assert await counter.stock(tea) == (4, 0)
    assert (await counter.money(order)).payment_status is PaymentStatus.REFUNDED
    assert await counter.told(ANN, "refund_done") == [{"order_id": order.id, "amount": TOTAL, "currency": "EUR"}]


async def test_restock_puts_the_goods_back_once(counter: Counter) -> None:
    """Guard: goods of an order return at most once, whatever is refunded."""
    tea, order = await counter.bought()

    await counter.refund(order, restock=True)
    await counter.settle(paid(counter.till.asked[0], charge="ch-2"))
    await counter.work_on_refunds()

    assert await counter.stock(tea) == (5, 0)


async def test_all_the_goods_do_not_come_back_for_a_part_of_the_money(counter: Counter) -> None:
    """Guard: a part of the money does not say which goods came back, so it moves none."""
    tea, order = await counter.bought()

    with pytest.raises(GoodsWithoutMoney):
        await counter.refund(order, 100, restock=True)
    assert await counter.refunds_of(order) == []
    assert await counter.stock(tea) == (4, 0)

    await counter.refund(order, 100)
    await counter.refund(order, TOTAL - 100, restock=True)
    assert await counter.stock(tea) == (5, 0)


async def test_a_part_leaves_the_order_where_it_is(counter: Counter) -> None:
    _, order = await counter.bought()

    await counter.refund(order, 300)

    assert await counter.status(order) is OrderStatus.PROCESSING
    money = await counter.money(order)
    assert (money.refunded_amount, money.payment_status) == (300, PaymentStatus.PARTLY_REFUNDED)


@pytest.mark.parametrize("amount", [TOTAL + 1, 0, -5])
async def test_more_than_came_is_refused(counter: Counter, amount: int) -> None:
    """Fault 17."""
    _, order = await counter.bought()

    with pytest.raises(RefundTooLarge) as refusal:
        await counter.refund(order, amount)

    assert refusal.value.data["left"] == TOTAL


async def test_a_second_full_refund_finds_nothing(counter: Counter) -> None:
    _, order = await counter.bought()
    await counter.refund(order)

    with pytest.raises(NothingToRefund):
        await counter.refund(order)


async def test_an_order_that_was_not_paid_has_nothing_to_give_back(counter: Counter) -> None:
    order = await counter.order(await counter.stock_up())

    with pytest.raises(NothingToRefund):
        await counter.refund(order)


async def test_another_seller_cannot_give_it_back(counter: Counter) -> None:
    _, order = await counter.bought()
    ivan = await counter.run(lambda session: user(session, IVAN))
    wish = Wish(order.id, f"owner:{ivan.id}", owner_id=ivan.id)

    with pytest.raises(NotFound):
        await refunds.refund(counter.db, counter.providers, wish, clock=counter.clock, policy=counter.policy)


async def test_an_unreachable_provider_is_asked_again_with_the_same_key(counter: Counter) -> None:
    """Guard: the refund and its key are committed before the provider is asked."""
    _, order = await counter.bought()
    counter.till.trouble, counter.till.late = [ProviderError("lost", unknown=True)], True

    (news,) = await counter.refund(order)
    assert news.state is RefundState.CREATED
    assert await counter.work_on_refunds() == 0  # not at once: the first call may still be under way
    await counter.work_on_refunds(after=timedelta(minutes=3))

    assert [row.state for row in await counter.refunds_of(order)] == [RefundState.SUCCEEDED]
    assert len(counter.till.refunds) == 1
    assert len(await counter.told(ANN, "refund_done")) == 1


async def test_after_many_failures_the_operator_hears_of_it(counter: Counter) -> None:
    _, order = await counter.bought()
    counter.till.trouble = [ProviderError("away") for _ in range(6)]

    await counter.refund(order)
    for _ in range(5):
        await counter.work_on_refunds(after=timedelta(hours=1))

    assert await counter.problems() == ["refund_stuck"]
    await counter.work_on_refunds(after=timedelta(hours=1))
    assert [row.state for row in await counter.refunds_of(order)] == [RefundState.SUCCEEDED]


async def test_a_refund_that_is_refused_can_be_tried_anew(counter: Counter) -> None:
    _, order = await counter.bought()
    counter.till.trouble = [ProviderError("no such charge", permanent=True)]

    (first,) = await counter.refund(order, 500)
    (second,) = await counter.refund(order, TOTAL)

    assert (first.state, second.state) == (RefundState.FAILED, RefundState.SUCCEEDED)
    assert await counter.problems() == ["refund_failed", "refund_failed"]


async def test_what_no_provider_can_do_a_person_does_and_says_so(counter: Counter) -> None:
    _, order = await counter.bought()
    counter.till.trouble = [RefundNotSupported("by hand only")]

    (news,) = await counter.refund(order)
    assert news.state is RefundState.MANUAL
    assert await counter.problems() == ["refund_by_hand", "refund_by_hand"]
    for _ in range(2):
        await counter.run(
            lambda session: refunds.mark_paid_back(
                session,
                news.refund_id,
                by=Acting(order.owner_id, order.owner_id, ALL),
                policy=counter.policy,
                now=counter.clock.now(),
            )
        )

    assert [row.state for row in await counter.refunds_of(order)] == [RefundState.SUCCEEDED]
    assert len(await counter.told(ANN, "refund_done")) == 1


async def test_stars_go_back_whole_or_not_at_all(counter: Counter) -> None:
    counter.till.name, counter.till.partial_refunds = "stars", False
    book = await counter.stock_up(kind=ProductKind.DIGITAL, price=250)
    order = await counter.order(book)
    await counter.settle(paid(await counter.request(order, "stars"), provider="stars"))

    with pytest.raises(RefundWholeOnly):
        await counter.refund(order, 100)
    (news,) = await counter.refund(order)

    assert (news.amount, news.state) == (250, RefundState.SUCCEEDED)
    assert await counter.status(order) is OrderStatus.COMPLETED


async def test_lines_go_back_unit_by_unit_for_what_was_paid_and_no_unit_twice(counter: Counter) -> None:
    tea = await counter.stock_up(price=333)
    draft = PromotionDraft("TEN", PromotionKind.PERCENT, "EUR", value=10, automatic=True)

    async def offer(session: AsyncSession) -> None:
        await promotions.create(session, await user(session, OLGA), draft, now=counter.clock.now())

    await counter.run(offer)
    order = await counter.order(tea, 3)
    await counter.settle(paid(await counter.request(order)))
    (item,) = (await counter.see(order)).items

    async def give(units: int) -> list[int]:
        wish = Wish(order.id, f"owner:{order.owner_id}", item_id=item.id, units=units)
        news = await refunds.refund(counter.db, counter.providers, wish, clock=counter.clock, policy=counter.policy)
        return [one.amount for one in news]

    assert await give(1) == [300]
    with pytest.raises(NothingToRefund):
        await give(3)
    assert await give(2) == [600]
    with pytest.raises(NothingToRefund):
        await give(1)
    assert (await counter.money(order)).refunded_amount == 999 - 99

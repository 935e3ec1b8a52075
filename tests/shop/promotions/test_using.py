"""A code is used as often as it says: by a crowd, by one person twice, and again after an order ended."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderItem, ProductKind, PromoCode, Promotion, PromotionKind, Redemption, User
from db.session import Database
from shop import carts, checkout, doctor, orders, promotions
from shop.promotions import PromotionDraft
from shop.refusals import CodeRefused, CodeTaken, DiscountChanged, PromotionOver, TooManyCodes
from tests.shop.buying import check_out, confirm, place
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, OLGA, user

CROWD, FEW = 200, 20
DIGITAL = ProductKind.DIGITAL


async def _code(session: AsyncSession, **fields: Any) -> Promotion:
    olga = await user(session, OLGA)
    wanted: dict[str, Any] = {"name": "TEA10", "kind": PromotionKind.PERCENT, "value": 10, "currency": "EUR"}
    return await promotions.create(session, olga, PromotionDraft(**(wanted | {"code": "TEA10"} | fields)), now=START)


async def _apply(session: AsyncSession, person: User, text: str = " tea-10 ") -> object:
    return await promotions.apply_code(session, person, text, now=START)


async def test_a_discount_is_split_over_the_lines_and_leaves_the_cart(session: AsyncSession) -> None:
    ann = await user(session, ANN)
    tea, cup = await a_product(session, "Tea", price=333), await a_product(session, "Cup", price=668)
    promotion = await _code(session)
    await _apply(session, ann)
    await carts.set_quantity(session, ann, cup.id, 1, now=START)
    order = await place(session, ann, tea)
    assert (order.subtotal, order.discount, order.total_price) == (1001, 100, 901)
    shares = await session.scalars(select(OrderItem.discount).where(OrderItem.order_id == order.id))
    assert sorted(shares) == [33, 67]
    await session.refresh(promotion)
    assert promotion.used == 1
    assert (await carts.set_quantity(session, ann, tea.id, 1, now=START)).sellers[0].code is None
    assert await doctor.check(session, now=START) == []


async def test_an_order_that_ends_gives_its_code_back_once(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    promotion = await _code(session, total_limit=1)
    await _apply(session, ann)
    order = await place(session, ann, tea)
    await orders.cancel_by_customer(session, ann, order.id, now=START)
    await session.refresh(promotion)
    assert promotion.used == 0
    await promotions.give_back(session, order.id, now=START)
    await session.refresh(promotion)
    assert promotion.used == 0
    assert await doctor.check(session, now=START) == []
    await _apply(session, ann)
    assert (await place(session, ann, tea)).discount > 0


async def test_two_who_end_an_order_at_once_give_its_code_back_once(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session)
        promotion = await _code(session, total_limit=1)
        await _apply(session, ann)
        order = await place(session, ann, tea)

    async def end() -> None:
        async with database.begin() as session:
            await promotions.give_back(session, order.id, now=START)

    await asyncio.gather(*(end() for _ in range(8)))
    async with database.read() as session:
        assert await session.scalar(select(Promotion.used).where(Promotion.id == promotion.id)) == 0


async def _rush(database: Database, text: str, many: int) -> int:
    """So many people who have this code in their cart tap "Order" at once; how many of them got the discount."""
    async with database.begin() as session:
        tea = await a_product(session, stock=1000)
        people = [User(telegram_id=9000 + n, name=f"P{n}", created_at=START, updated_at=START) for n in range(many)]
        session.add_all(people)
        await session.flush()
        for person in people:
            await carts.set_quantity(session, person, tea.id, 1, now=START)
            await _apply(session, person, text)

    async with database.read() as session:
        keys = {
            person.id: await checkout.summarise(session, person, tea.owner_id, ProductKind.PHYSICAL, now=START)
            for person in people
        }

    async def buy_as_shown(person: User) -> bool:
        try:
            async with database.begin() as session:
                order = await confirm(session, person, keys[person.id])
                return order.discount > 0
        except (PromotionOver, DiscountChanged):
            return False

    return sum(await asyncio.gather(*map(buy_as_shown, people)))


async def test_the_last_uses_of_a_code_go_to_as_many_as_it_says(database: Database) -> None:
    async with database.begin() as session:
        promotion = await _code(session, total_limit=5)
    assert await _rush(database, "TEA10", CROWD) == 5
    async with database.begin() as session:
        assert await session.scalar(select(Promotion.used).where(Promotion.id == promotion.id)) == 5
        assert len((await session.scalars(select(Redemption.id))).all()) == 5
        assert await doctor.check(session, now=START) == []


async def test_a_code_that_counts_once_is_used_once_by_a_crowd_that_shares_it(database: Database) -> None:
    async with database.begin() as session:
        promotion = await _code(session, code=None)
        (shared,) = await promotions.generate(session, await user(session, OLGA), promotion.id, 1, now=START)
    assert await _rush(database, shared, FEW) == 1
    async with database.begin() as session:
        assert await session.scalar(select(PromoCode.used).where(PromoCode.code == shared)) == 1
        assert await doctor.check(session, now=START) == []


async def test_one_person_with_two_phones_uses_a_code_once(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session, stock=10)
        await _code(session, per_person=1)
        await carts.set_quantity(session, ann, tea.id, 1, now=START)
        await _apply(session, ann)

    async def buy() -> None:
        async with database.begin() as session:
            await check_out(session, ann, tea)

    await asyncio.gather(buy(), buy(), return_exceptions=True)
    async with database.begin() as session:
        assert len((await session.scalars(select(Redemption.id))).all()) == 1
        refused = await _apply(session, ann)
    assert isinstance(refused, CodeRefused)
    assert refused.data["why"] == "per_person"


async def test_one_person_with_two_orders_in_the_cart_uses_an_offer_once(database: Database) -> None:
    """Goods to send and a download are an order each: both phones were shown the offer, one of them gets it."""
    async with database.begin() as session:
        ann = await user(session, ANN)
        goods = [await a_product(session, stock=10), await a_product(session, "Book", stock=10, kind=DIGITAL)]
        promotion = await _code(session, code=None, automatic=True, per_person=1)
        for each in goods:
            await carts.set_quantity(session, ann, each.id, 1, now=START)
    async with database.read() as session:
        shown = [await checkout.summarise(session, ann, one.owner_id, one.kind, now=START) for one in goods]
    assert all(summary.saving.amount for summary in shown)

    async def buy(summary: checkout.CheckoutSummary) -> int:
        async with database.begin() as session:
            order = await confirm(session, ann, summary)
            return order.discount

    done = await asyncio.gather(*map(buy, shown), return_exceptions=True)

    assert sum(isinstance(each, int) and each > 0 for each in done) == 1, done
    async with database.begin() as session:
        assert await session.scalar(select(Promotion.used).where(Promotion.id == promotion.id)) == 1
        assert len((await session.scalars(select(Redemption.id))).all()) == 1
        left = (await carts.look(session, ann, now=START)).sellers
        assert [(one.saving.amount, one.kind) for one in left] == [(0, left[0].kind)]


async def test_what_was_shown_is_what_is_ordered(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    olga = await user(session, OLGA)
    promotion = await _code(session, code=None, automatic=True)
    await carts.set_quantity(session, ann, tea.id, 1, now=START)
    summary = await checkout.summarise(session, ann, tea.owner_id, tea.kind, now=START)
    await promotions.set_running(session, olga, promotion.id, running=False, now=START)
    with pytest.raises(DiscountChanged):
        await confirm(session, ann, summary)


async def test_codes_are_not_found_by_guessing(session: AsyncSession) -> None:
    bob = await user(session, BOB)
    await _code(session)
    for n in range(10):
        assert isinstance(await _apply(session, bob, f"GUESS{n}"), CodeRefused)
    with pytest.raises(TooManyCodes):
        await _apply(session, bob)
    later = START + timedelta(hours=2)
    assert not isinstance(await promotions.apply_code(session, bob, "TEA10", now=later), CodeRefused)


async def test_codes_that_count_once_are_made_by_the_thousand(session: AsyncSession) -> None:
    ann, bob, olga = [await user(session, who) for who in (ANN, BOB, OLGA)]
    tea = await a_product(session)
    promotion = await _code(session, code=None)
    codes = await promotions.generate(session, olga, promotion.id, 1000, now=START)
    assert len(set(codes)) == 1000
    await _apply(session, ann, codes[0])
    await place(session, ann, tea)
    refused = await _apply(session, bob, codes[0].lower())
    assert isinstance(refused, CodeRefused)
    assert refused.data["why"] == "used_up"
    assert await session.scalar(select(PromoCode.used).where(PromoCode.code == codes[0])) == 1


async def test_two_promotions_cannot_have_one_code(session: AsyncSession) -> None:
    await _code(session)
    with pytest.raises(CodeTaken):
        await _code(session)


async def test_shipping_is_free_from_an_amount(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session, price=3000)
    await _code(session, code=None, automatic=True, kind=PromotionKind.FREE_SHIPPING, value=0, min_amount=5000)
    assert not (await place(session, ann, tea)).free_shipping
    order: Order = await place(session, ann, tea, 2)
    assert (order.free_shipping, order.discount) == (True, 0)

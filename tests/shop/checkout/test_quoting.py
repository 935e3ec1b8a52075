"""Of two steps of an agreed price that meet, one happens: agree and another price, agree and the end of the hold."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderStatus, ProductKind
from db.session import Database
from shop import carts, checkout
from shop.checkout.quoting import agree_price, ask_price, offer_price
from shop.orders.moves import cancel_pending
from shop.orders.quotes import AGREED, OFFERED, PriceAwaited, must_be_agreed
from shop.policy import Policy, ShippingOption
from shop.refusals import Refusal
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, user

POLICY = Policy(shipping=(ShippingOption("freight", "Freight", 0, agreed=True),))
ADDRESS = {"country_code": "DE", "city": "Berlin", "street_line1": "Marktstr. 1", "post_code": "10115"}
SOON, LATER = START + timedelta(hours=1), START + timedelta(days=9)


async def offered(database: Database) -> int:
    """An order of Ann's whose price of sending, 5.00, waits for her answer."""
    async with database.begin() as session:
        tea = await a_product(session, price=1000, stock=5)
        ann, olga = await user(session, ANN), await user(session, OLGA)
        await carts.set_quantity(session, ann, tea.id, 1, now=START)
        summary = await checkout.summarise(session, ann, olga.id, ProductKind.PHYSICAL, now=START)
        order = await checkout.place_order(
            session,
            ann,
            owner_id=olga.id,
            kind=ProductKind.PHYSICAL,
            checkout_key=summary.key,
            payment_method=None,
            note=None,
            policy=POLICY,
            hold=timedelta(minutes=15),
            now=START,
        )
        session.add(order)
        await checkout.choose_shipping(session, order, option_id="freight", address=ADDRESS, policy=POLICY, now=START)
        with pytest.raises(PriceAwaited):
            must_be_agreed(order)
        order_id = order.id
    async with database.begin() as session:
        await ask_price(session, await user(session, ANN), order_id, policy=POLICY, now=START)
        await offer_price(session, await user(session, OLGA), order_id, 500, policy=POLICY, now=START)
    return order_id


async def meet(database: Database, *works: Callable[[AsyncSession], Awaitable[object]]) -> list[bool]:
    """All at once; which of them happened."""

    async def one(work: Callable[[AsyncSession], Awaitable[object]]) -> bool:
        try:
            return await database.transact(work) is not False
        except Refusal:
            return False

    return list(await asyncio.gather(*map(one, works)))


async def as_it_is(database: Database, order_id: int) -> Order:
    async with database.read() as session:
        return await session.get_one(Order, order_id)


async def test_who_agrees_agrees_to_what_they_saw_or_to_nothing(database: Database) -> None:
    order_id = await offered(database)

    async def agree(session: AsyncSession) -> object:
        return await agree_price(session, await user(session, ANN), order_id, 1500, policy=POLICY, now=SOON)

    async def another(session: AsyncSession) -> object:
        return await offer_price(session, await user(session, OLGA), order_id, 900, policy=POLICY, now=SOON)

    happened = await meet(database, another, agree, agree)

    order = await as_it_is(database, order_id)
    if happened[0]:
        assert (order.quote, order.total_price, happened) == (OFFERED, 1900, [True, False, False])
    else:
        assert (order.quote, order.total_price) == (AGREED, 1500)


async def test_an_order_whose_hold_ended_is_agreed_to_by_nobody(database: Database) -> None:
    order_id = await offered(database)
    async with database.begin() as session:
        await session.execute(update(Order).where(Order.id == order_id).values(expires_at=SOON))

    async def agree(session: AsyncSession) -> object:
        now = SOON - timedelta(seconds=1)
        return await agree_price(session, await user(session, ANN), order_id, 1500, policy=POLICY, now=now)

    async def expire(session: AsyncSession) -> object:
        over = Order.expires_at <= SOON
        return await cancel_pending(session, order_id, actor="system:upkeep", cause="expired", only_if=over, now=SOON)

    happened = await meet(database, expire, agree)

    order = await as_it_is(database, order_id)
    assert sorted(happened) == [False, True]
    assert (order.status, order.quote) in {(OrderStatus.CANCELLED, OFFERED), (OrderStatus.PENDING, AGREED)}
    assert order.quote != AGREED or (order.expires_at is not None and order.expires_at > SOON)
    assert not any(await meet(database, lambda session: _late(session, order_id)))


async def _late(session: AsyncSession, order_id: int) -> object:
    return await agree_price(session, await user(session, ANN), order_id, 1, policy=POLICY, now=LATER)

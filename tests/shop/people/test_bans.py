"""Who is banned neither orders, writes nor reviews; what was ordered before goes on."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Author, User
from shop import carts, messages, orders, reviews
from shop.messages import Note, threads
from shop.messages.threads import Thread
from shop.people import bans
from shop.people.permissions import operating
from shop.policy import Policy
from shop.refusals import IsOperator, NotFound, NotServed, Refusal
from tests.shop.buying import check_out, pay, place
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, EVE, IVAN, OLGA, OSCAR, Someone, user

OPERATORS = frozenset({OSCAR.telegram_id})


async def _ban(session: AsyncSession, staff: User, person: User, *, everything: bool = False) -> None:
    await bans.ban(session, operating(staff) if everything else staff, person.id, operators=OPERATORS, now=START)


async def _write(session: AsyncSession, thread: Thread) -> bool:
    note = Note("hello", f"1:{thread.customer.id}:{thread.seller.id}")
    return await messages.write(session, thread, Author.CUSTOMER, note, policy=Policy(), now=START)


async def test_a_seller_keeps_somebody_from_their_own_goods_alone(session: AsyncSession) -> None:
    eve, olga = await user(session, EVE), await user(session, OLGA)
    tea, book = await a_product(session, stock=9), await a_product(session, stock=9, seller=IVAN)
    order = await place(session, eve, tea)
    await carts.set_quantity(session, eve, tea.id, 1, now=START)  # in the cart since before
    about_order, about_tea = (
        await threads.of_order(session, eve, order.id),
        await threads.of_product(session, eve, tea.id),
    )
    about_book = await threads.of_product(session, eve, book.id)
    await _ban(session, olga, eve)

    for attempt in (
        lambda: carts.set_quantity(session, eve, tea.id, 2, now=START),
        lambda: place(session, eve, tea),
        lambda: _write(session, about_order),
        lambda: _write(session, about_tea),
        lambda: messages.may_write(session, about_tea, policy=Policy(), now=START),  # before it is written in vain
    ):
        with pytest.raises(NotServed) as refused:
            await attempt()
        assert refused.value.data == {"seller": "Olga"}
    await carts.clear(session, eve, now=START)
    await place(session, eve, book)
    assert await _write(session, about_book)
    await place(session, await user(session, ANN), tea)


async def test_what_lies_in_the_cart_already_cannot_be_ordered(session: AsyncSession) -> None:
    eve, oscar, tea = await user(session, EVE), await user(session, OSCAR), await a_product(session, stock=9)
    await carts.set_quantity(session, eve, tea.id, 1, now=START)
    await _ban(session, oscar, eve, everything=True)
    with pytest.raises(NotServed) as refused:
        await check_out(session, eve, tea)
    assert refused.value.data == {"seller": ""}


async def test_an_order_of_before_is_paid_completed_and_not_rated(session: AsyncSession) -> None:
    eve, olga, tea = await user(session, EVE), await user(session, OLGA), await a_product(session)
    order = await place(session, eve, tea)
    await _ban(session, olga, eve)
    await pay(session, order)
    await orders.complete(session, olga, order.id, now=START)
    with pytest.raises(NotServed):
        await reviews.rate(session, eve, tea.id, 1, now=START)
    await bans.unban(session, olga, eve.id, now=START)
    await reviews.rate(session, eve, tea.id, 1, now=START)
    await _ban(session, olga, eve)
    with pytest.raises(NotServed):
        await reviews.comment(session, eve, tea.id, "Rubbish", now=START)
    await reviews.take_back(session, eve, tea.id, now=START)  # words may be taken back


async def test_a_seller_bans_who_asks_and_never_ordered(session: AsyncSession) -> None:
    eve, olga, tea = await user(session, EVE), await user(session, OLGA), await a_product(session)
    with pytest.raises(NotFound):
        await _ban(session, olga, eve)
    await _write(session, await threads.of_product(session, eve, tea.id))
    await _ban(session, olga, eve)
    with pytest.raises(NotServed):
        await messages.may_write(session, await threads.of_product(session, eve, tea.id), policy=Policy(), now=START)


@pytest.mark.parametrize(("whom", "refusal"), [(BOB, NotFound), (OLGA, NotFound), (OSCAR, IsOperator)])
async def test_sellers_ban_their_customers_and_nobody_else(
    session: AsyncSession, whom: Someone, refusal: type[Refusal]
) -> None:
    olga, tea = await user(session, OLGA), await a_product(session, stock=9)
    for buyer in (OLGA, OSCAR):
        await place(session, await user(session, buyer), tea)
    person = await user(session, whom)
    with pytest.raises(refusal):
        await _ban(session, olga, person)


async def test_banning_is_written_down_once_and_each_takes_back_their_own(session: AsyncSession) -> None:
    eve, olga, oscar = await user(session, EVE), await user(session, OLGA), await user(session, OSCAR)
    await place(session, eve, await a_product(session))
    await _ban(session, olga, eve)
    await _ban(session, olga, eve)
    await _ban(session, oscar, eve, everything=True)
    assert [person.id for _, person in await bans.list_banned(session, olga)] == [eve.id]
    await bans.unban(session, olga, eve.id, now=START)
    with pytest.raises(NotFound):
        await bans.unban(session, olga, eve.id, now=START)
    assert await bans.list_banned(session, olga) == []
    assert len(await bans.list_banned(session, operating(oscar))) == 1
    done = await session.execute(select(AdminEvent.actor, AdminEvent.action).order_by(AdminEvent.id))
    owner, operator = f"owner:{olga.id}", f"operator:{oscar.id}"
    assert [tuple(row) for row in done] == [(owner, "ban"), (operator, "ban"), (owner, "unban")]

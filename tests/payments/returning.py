"""Returns in a few words each, for tests of what becomes of their pieces and their money."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    Order,
    Product,
    Return,
    ReturnReason,
)
from shop import doctor, orders, returns
from shop.returns import paying
from tests.payments.counter import Counter
from tests.payments.tills import paid
from tests.world.people import ANN, OLGA, user

TEA = 450


async def arrived(counter: Counter, quantity: int = 3, *, stock: int = 5) -> tuple[Product, Order]:
    """Ann paid so many teas, and has them."""
    tea = await counter.stock_up(stock=stock)
    order = await counter.order(tea, quantity)
    await counter.settle(paid(await counter.request(order)))

    async def send(session: AsyncSession) -> None:
        olga = await user(session, OLGA)
        await orders.ship(session, olga, order.id, "DHL 1", now=counter.clock.now())
        await orders.complete(session, olga, order.id, now=counter.clock.now())

    await counter.run(send)
    return tea, order


async def item_of(counter: Counter, order: Order) -> int:
    return (await counter.see(order)).items[0].id


async def ask(counter: Counter, order: Order, units: int = 1) -> int:
    """Ann asks to send so many back; the return's id."""
    item = await item_of(counter, order)

    async def work(session: AsyncSession) -> int:
        ann = await user(session, ANN)
        row = await returns.ask_back(
            session,
            ann,
            order.id,
            {item: units},
            reason=ReturnReason.MIND,
            policy=counter.policy,
            now=counter.clock.now(),
        )
        return row.id

    return await counter.run(work)


async def agree(counter: Counter, return_id: int) -> None:
    async def work(session: AsyncSession) -> None:
        olga = await user(session, OLGA)
        await returns.agree(session, olga, return_id, "", policy=counter.policy, now=counter.clock.now())

    await counter.run(work)


async def receive(counter: Counter, return_id: int, *, restock: int = 0) -> None:
    """The goods are back; so many of each line go to the shelf."""

    async def work(session: AsyncSession) -> None:
        olga = await user(session, OLGA)
        row = await returns.get_for_owner(session, olga, return_id)
        lines: Mapping[int, int] = {line.id: restock for line in row.lines}
        await returns.receive(session, olga, return_id, lines, policy=counter.policy, now=counter.clock.now())

    await counter.run(work)


async def give_back(counter: Counter, return_id: int, amount: int | None = None) -> int:
    """Olga gives the money back; the sum of its refunds."""
    async with counter.db.read() as session:
        olga = await user(session, OLGA)
    done = await paying.give_back(
        counter.db, counter.providers, olga, return_id, amount=amount, clock=counter.clock, policy=counter.policy
    )
    return sum(one.amount for one in done.news)


async def came_back(counter: Counter, order: Order, units: int = 1, *, restock: int = 0) -> int:
    """A return whose goods are here."""
    return_id = await ask(counter, order, units)
    await agree(counter, return_id)
    await receive(counter, return_id, restock=restock)
    return return_id


async def is_sound(counter: Counter) -> None:
    async with counter.db.read() as session:
        found = await doctor.check(session, now=counter.clock.now())
    assert [one for one in found if one.check not in {"sellable_has_inventory", "messages_leave"}] == []


async def see(counter: Counter, return_id: int) -> Return:
    async with counter.db.read() as session:
        return await session.get_one(Return, return_id)

"""Two hundred people want the same twenty units, at once, through the bot."""

import asyncio
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import Connection, func, select, update
from sqlalchemy.util import await_only

from db.models import Inventory, Order, OrderStatus
from shop import carts, stock
from shop.refusals import OutOfStock
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import Someone, user
from tests.world.shop import OpenShop


async def race(shop: OpenShop, *, buyers: int, units: int) -> list[Guest]:
    """Everybody has a tea in the cart and stands at the last button; then all of them tap it in the same moment."""
    people = [Someone(5000 + n, f"Buyer {n}", f"buyer{n}") for n in range(buyers)]
    async with shop.db.begin() as session:
        tea = await a_product(session, "Green tea", stock=units, category=await a_category(session, "Tea"))
        for person in people:
            await carts.set_quantity(session, await user(session, person), tea.id, 1, now=shop.clock.now())
    crowd = [shop.guest(person) for person in people]
    for buyer in crowd:
        await buyer.says("/start", hurried=True)
    await shop.settle()
    for label in ("Cart", "Check out"):
        for buyer in crowd:
            await buyer.taps(label, hurried=True)
        await shop.settle()
    await asyncio.gather(*(buyer.taps("here in the chat", hurried=True) for buyer in crowd))
    await shop.settle()
    return crowd


def got_an_invoice(buyer: Guest) -> bool:
    return any(message.invoice for message in buyer.chat.said)


async def only_what_there_was_is_promised(shop: OpenShop, buyers: list[Guest], units: int) -> None:
    """The claim of both tests below."""
    async with shop.db.read() as session:
        pending = await session.scalar(select(func.count()).where(Order.status == OrderStatus.PENDING))
        tea = (await session.scalars(select(Inventory))).one()
    winners = [buyer for buyer in buyers if got_an_invoice(buyer)]
    refused = [buyer for buyer in buyers if buyer.sees("sold out")]

    assert (pending, len(winners), len(refused)) == (units, units, len(buyers) - units)
    assert (tea.quantity_in_stock, tea.quantity_reserved) == (units, units)


@pytest.mark.every_database
async def test_twenty_of_two_hundred_get_it_and_the_others_read_sold_out(shop: OpenShop) -> None:
    buyers = await race(shop, buyers=200, units=20)

    await only_what_there_was_is_promised(shop, buyers, 20)

    for buyer in buyers:
        if got_an_invoice(buyer):
            assert (await buyer.pays()).state == "paid"
    async with shop.db.read() as session:
        tea = (await session.scalars(select(Inventory))).one()
    assert (tea.quantity_in_stock, tea.quantity_reserved) == (0, 0)
    await shop.keeps_its_promises()


@contextmanager
def naive_stock() -> Generator[None]:
    """The stock as most shops keep it: read it, look whether there is enough, write it."""

    def hold(connection: Connection, lines: Mapping[int, int], *, now: datetime) -> list[int]:
        for product_id, quantity in lines.items():
            free = Inventory.quantity_in_stock - Inventory.quantity_reserved
            mine = Inventory.product_id == product_id
            left, reserved = connection.execute(select(free, Inventory.quantity_reserved).where(mine)).one()
            if left < quantity:
                raise OutOfStock(product="Green tea", left=0, product_id=product_id)
            await_only(asyncio.sleep(0.01))  # other taps are served meanwhile
            held = update(Inventory).where(mine).values(quantity_reserved=reserved + quantity, updated_at=now)
            connection.execute(held)
        return []

    careful = stock.hold_now
    stock.hold_now = hold
    try:
        yield
    finally:
        stock.hold_now = careful


@pytest.mark.every_database
async def test_the_race_is_lost_when_stock_is_read_and_then_written(shop: OpenShop) -> None:
    if shop.db.is_sqlite:
        return  # one writer at a time: there even this holds

    with naive_stock():
        buyers = await race(shop, buyers=40, units=4)

    with pytest.raises(AssertionError):
        await only_what_there_was_is_promised(shop, buyers, 4)

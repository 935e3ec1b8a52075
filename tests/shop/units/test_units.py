"""Keys that are many: each is handed out once, with its payment, and read by its buyer alone."""

import asyncio

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Inventory, OrderItem, OrderStatus, Product, ProductKind, Unit, UnitState
from db.session import Database
from shop import doctor, stock, units
from shop.policy import Policy
from shop.ports import AttemptRequest, ProviderEvent
from shop.products.restock import restock
from shop.refusals import NotFound, OutOfStock, StockIsUnits, StockWouldGoNegative, UnitMoved
from shop.units import NewUnit, read_lines
from tests.payments.counter import Counter
from tests.payments.tills import PretendTill
from tests.payments.tills import paid as paid_with
from tests.world.clock import START, ManualClock
from tests.world.people import ANN, EVE, IVAN, OLGA, Someone, user

CROWD, KEYS = 200, 20


@pytest.fixture
def counter(database: Database, clock: ManualClock, policy: Policy) -> Counter:
    """An empty shop with a pretend provider."""
    return Counter(database, clock, policy, PretendTill(name="stars"), method="stars")


def paid(request: AttemptRequest, charge: str = "ch-1") -> ProviderEvent:
    """Telegram says that the Stars came."""
    return paid_with(request, provider="stars", charge=f"{charge}-{request.payload}")


def keys(number: int, first: int = 1) -> list[NewUnit]:
    """So many different keys."""
    return [NewUnit(f"KEY-{n:04}-PRETEND", n) for n in range(first, first + number)]


async def a_pool(counter: Counter, number: int) -> Product:
    """A download of Olga's that is sold in so many keys."""
    product = await counter.stock_up(kind=ProductKind.DIGITAL, stock=0)
    await put(counter, product, keys(number))
    return product


async def put(counter: Counter, product: Product, given: list[NewUnit]) -> units.Added:
    """Olga puts keys on the shelf."""

    async def work(session: AsyncSession) -> units.Added:
        return await units.add(session, await user(session, OLGA), product.id, given, now=START)

    return await counter.run(work)


async def sold(counter: Counter) -> dict[int, int | None]:
    """Which unit went to which line."""
    async with counter.db.read() as session:
        query = select(Unit.id, Unit.order_item_id).where(Unit.state == UnitState.SOLD)
        return dict((await session.execute(query)).all())


async def all_is_well(counter: Counter) -> None:
    """The doctor finds nothing."""
    async with counter.db.read() as session:
        assert await doctor.check(session, now=counter.clock.now()) == []


async def test_of_two_hundred_who_want_the_last_twenty_keys_each_buyer_has_one_of_their_own(counter: Counter) -> None:
    product = await a_pool(counter, KEYS)

    async def buy(number: int) -> bool:
        try:
            order = await counter.order(product, who=Someone(5000 + number, f"Guest {number}", f"guest{number}"))
        except OutOfStock:
            return False
        request = await counter.request(order)
        # the provider says it twice, at the same moment
        await asyncio.gather(*(counter.settle(replace(paid(request), event_id=f"{number}.{n}")) for n in range(2)))
        return True

    bought = await asyncio.gather(*(buy(number) for number in range(CROWD)))

    assert sum(bought) == KEYS
    assert len(await sold(counter)) == KEYS
    assert len(set((await sold(counter)).values())) == KEYS
    assert await counter.stock(product) == (0, 0)
    await all_is_well(counter)


async def test_a_line_of_many_gets_as_many_and_a_payment_told_again_none_more(counter: Counter) -> None:
    product = await a_pool(counter, 10)
    order = await counter.order(product, 7)
    event = paid(await counter.request(order))

    await asyncio.gather(*(counter.settle(replace(event, event_id=f"copy {n}")) for n in range(6)))

    async with counter.db.read() as session:
        mine = await units.bought_units(session, await user(session, ANN), order.id, limit=5)
        rest = await units.bought_units(session, await user(session, ANN), order.id, skip=5, limit=5)
    assert mine.total == 7
    told = [unit.content for _, unit in [*mine.units, *rest.units]]
    assert told == [one.content for one in keys(7)], "the oldest first"
    assert await counter.stock(product) == (3, 0)
    await all_is_well(counter)


async def test_nobody_but_the_buyer_reads_a_key_and_they_no_more_when_the_money_went_back(counter: Counter) -> None:
    product = await a_pool(counter, 3)
    order = await counter.order(product)
    async with counter.db.begin() as session:
        ann, eve, ivan = [await user(session, who) for who in (ANN, EVE, IVAN)]
    async with counter.db.read() as session:
        assert (await units.bought_units(session, ann, order.id, limit=5)).total == 0, "not paid"
    await counter.settle(paid(await counter.request(order)))
    ((unit_id, _),) = (await sold(counter)).items()
    async with counter.db.begin() as session:
        assert (await units.bought_units(session, ann, order.id, limit=5)).total == 1
        assert (await units.bought_units(session, eve, order.id, limit=5)).total == 0
        for stranger in (eve, ivan):
            with pytest.raises(NotFound):
                await units.bought_file(session, stranger, unit_id)
            with pytest.raises(NotFound):
                await units.open_unit(session, stranger, unit_id, now=START)
            with pytest.raises(NotFound):
                await units.revoke(session, stranger, unit_id, reason="mine", replace=True, now=START)
            assert await units.sold_in(session, stranger, order.id) == []

    await counter.refund(order, restock=True)

    assert await counter.stock(product) == (2, 0), "a key that was read is not free again by itself"
    async with counter.db.read() as session:
        assert (await units.bought_units(session, ann, order.id, limit=5)).total == 0
    await all_is_well(counter)

    async with counter.db.begin() as session:
        await units.put_back_unit(session, await user(session, OLGA), unit_id, now=START)
    assert await counter.stock(product) == (3, 0)
    await all_is_well(counter)


async def test_a_revoked_key_is_replaced_once_however_often_it_is_tapped(counter: Counter) -> None:
    product = await a_pool(counter, 4)
    order = await counter.order(product, 2)
    await counter.settle(paid(await counter.request(order)))
    first, second = sorted(await sold(counter))

    async def replace_it() -> bool:
        async with counter.db.begin() as session:
            try:
                await units.revoke(
                    session, await user(session, OLGA), first, reason="used before", replace=True, now=START
                )
            except UnitMoved:
                return False
            return True

    done = await asyncio.gather(*(replace_it() for _ in range(5)))

    assert sum(done) == 1
    assert len(await sold(counter)) == 2
    assert await counter.stock(product) == (1, 0)
    assert len(await counter.told(ANN, "key_replaced")) == 1
    await all_is_well(counter)
    async with counter.db.begin() as session:
        with pytest.raises(UnitMoved):
            await units.put_back_unit(session, await user(session, OLGA), second, now=START)
        events = [event.data for event in await session.scalars(select(AdminEvent))]
    assert not [event for event in events if "PRETEND" in str(event)], "what an owner did is told without the secret"


async def test_without_a_free_key_nothing_is_revoked(counter: Counter) -> None:
    product = await a_pool(counter, 2)
    order = await counter.order(product)
    await counter.settle(paid(await counter.request(order)))
    await counter.order(product, who=EVE)  # holds the last one
    ((unit_id, _),) = (await sold(counter)).items()
    with pytest.raises(OutOfStock):
        async with counter.db.begin() as session:
            await units.revoke(session, await user(session, OLGA), unit_id, reason="bad", replace=True, now=START)
    assert list(await sold(counter)) == [unit_id]
    await all_is_well(counter)


async def test_what_is_there_already_is_named_and_not_added_twice_even_at_the_same_moment(counter: Counter) -> None:
    product = await a_pool(counter, 3)
    added = await put(counter, product, [NewUnit("KEY-0002-PRETEND", 1), NewUnit("NEW-1", 2), NewUnit("NEW-1", 3)])
    assert (added.added, added.duplicates) == (1, 2)
    assert added.first_duplicates == [(1, "…TEND"), (3, "…-1"[:1] + "1")]

    both = await asyncio.gather(*(put(counter, product, keys(5, first=50)) for _ in range(3)))

    assert sorted(one.added for one in both) == [0, 0, 5]
    assert await counter.stock(product) == (9, 0)
    await all_is_well(counter)


async def test_ten_thousand_keys_come_in_at_once(counter: Counter) -> None:
    lines = "\n".join(f"AAAA-{n:05}" for n in range(10_001)) + "\n\n" + "x" * 501
    given, told = read_lines(lines)
    product = await counter.stock_up(kind=ProductKind.DIGITAL, stock=0)

    async with counter.db.begin() as session:
        told = await units.add(session, await user(session, OLGA), product.id, given, told=told, now=START)

    assert (told.added, told.left_out, told.blank, told.too_long) == (10_000, 1, 1, [10_003])
    assert await counter.stock(product) == (10_000, 0)


async def test_the_first_keys_take_the_place_of_a_number_but_not_of_what_orders_hold(counter: Counter) -> None:
    product = await counter.stock_up(kind=ProductKind.DIGITAL, stock=5)
    order = await counter.order(product, 2)
    with pytest.raises(StockWouldGoNegative):
        await put(counter, product, keys(1))
    await put(counter, product, keys(3))
    assert await counter.stock(product) == (3, 2)
    async with counter.db.begin() as session:
        olga = await user(session, OLGA)
        assert await units.withdraw(session, olga, product.id, now=START) == 1, "two are promised"
        row = await session.get_one(Product, product.id)
        with pytest.raises(StockIsUnits):
            await stock.receive(session, row, 5, actor="owner:1", note=None, now=START)
        with pytest.raises(StockIsUnits):
            await restock(session, olga, product.id, "=25", now=START)
        unit_id = await session.scalar(select(func.min(Unit.id)))
        with pytest.raises(StockWouldGoNegative):
            await units.withdraw(session, olga, product.id, unit_id=unit_id, now=START)
    await counter.settle(paid(await counter.request(order)))
    assert await counter.stock(product) == (0, 0)
    assert await counter.status(order) is OrderStatus.COMPLETED
    await all_is_well(counter)


async def test_the_doctor_sees_a_key_that_was_slipped_in_or_taken_out(counter: Counter) -> None:
    product = await a_pool(counter, 3)
    await counter.settle(paid(await counter.request(await counter.order(product))))
    async with counter.db.begin() as session:
        (await session.get_one(Inventory, product.id)).quantity_in_stock += 1
        taken = (await session.scalars(select(Unit).where(Unit.state == UnitState.SOLD))).one()
        taken.order_item_id = None
        assert await session.scalar(select(func.count()).select_from(OrderItem)) == 1
    async with counter.db.read() as session:
        found = await doctor.check(session, now=counter.clock.now())
    assert {one.check for one in found} >= {"free_units_are_stock", "sold_units_are_lines"}
    assert "PRETEND" not in str(found)

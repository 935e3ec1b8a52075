"""The read model of the shelves: no statement while nothing changed; what changed here at once, elsewhere soon."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import Changes
from db.models import Inventory, OrderStatus, Product
from db.session import Database
from shop import products, stock
from shop.catalog.memory import Memory
from shop.catalog.shelves import LOOK_AGAIN, MANY, Shelves
from shop.refusals import OutOfStock
from tests.shop.buying import place
from tests.world.clock import START, ManualClock
from tests.world.counting import statements
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, user

LATER = START + timedelta(minutes=1)


class Seconds:
    """A monotonic clock that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def shelves(database: Database, clock: ManualClock, seconds: Seconds) -> Shelves:
    return Shelves(database, clock=clock, seconds=seconds)


@pytest.fixture
async def elsewhere(database: Database) -> AsyncGenerator[Database]:
    """The same database as another replica opens it."""
    opened = Database(database.url.render_as_string(hide_password=False))
    yield opened
    await opened.close()


async def a_tea(database: Database, units: int = 50) -> int:
    async with database.begin() as session:
        return (await a_product(session, "Tea", stock=units)).id


async def available(shelves: Shelves, product_id: int) -> tuple[int, int]:
    """On its page, and on the shelf where it stands."""
    card = await shelves.product(product_id)
    shelf = await shelves.category(card.category_id, after=None, before=None, limit=6)
    return card.available, next(item.available for item in shelf.page.items if item.id == product_id)


async def test_what_did_not_change_is_not_asked_again(database: Database, shelves: Shelves) -> None:
    tea = await a_tea(database)
    await available(shelves, tea)

    with statements(database) as said:
        assert await available(shelves, tea) == (50, 50)

    assert said == []


async def test_what_is_held_here_shows_at_once_without_reading_again(database: Database, shelves: Shelves) -> None:
    """Fails when `Shelves` does not watch the commits of its own process."""
    tea = await a_tea(database)
    await available(shelves, tea)
    async with database.begin() as session:
        await stock.hold(session, {tea: 3}, now=START)

    with statements(database) as said:
        assert await available(shelves, tea) == (47, 47)

    assert said == []


async def test_a_hold_that_was_refused_changes_no_shelf(database: Database, shelves: Shelves) -> None:
    """Fails when `stock.hold` notes what it held before it knows that all of it can be had."""
    tea = await a_tea(database)
    cup = await a_tea(database, units=1)
    await available(shelves, tea)
    async with database.begin() as session:
        with pytest.raises(OutOfStock):
            async with session.begin_nested():
                await stock.hold(session, {tea: 3, cup: 2}, now=START)

    assert await available(shelves, tea) == (50, 50)


async def test_a_transaction_that_failed_changes_no_shelf(database: Database, shelves: Shelves) -> None:
    tea = await a_tea(database)
    await available(shelves, tea)

    async def stumble(session: AsyncSession) -> None:
        await stock.hold(session, {tea: 3}, now=START)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.transact(stumble)

    assert await available(shelves, tea) == (50, 50)


async def test_what_another_replica_sells_shows_within_a_second(
    database: Database, shelves: Shelves, seconds: Seconds, elsewhere: Database
) -> None:
    """Fails when `Shelves` does not look for changed rows again."""
    tea = await a_tea(database)
    await available(shelves, tea)
    async with elsewhere.begin() as session:
        ann, product = await user(session, ANN), await session.get_one(Product, tea)
        order = await place(session, ann, product, now=LATER)
        assert order.status is OrderStatus.PENDING
    seconds.now += LOOK_AGAIN

    left, on_the_shelf = await available(shelves, tea)

    assert left == on_the_shelf == 49


async def test_what_another_replica_reprices_shows_within_a_second(
    database: Database, shelves: Shelves, seconds: Seconds, elsewhere: Database
) -> None:
    tea = await a_tea(database)
    await available(shelves, tea)
    async with elsewhere.begin() as session:
        olga = await user(session, OLGA)
        await products.set_price(session, olga, tea, 4321, now=LATER)
    seconds.now += LOOK_AGAIN

    assert (await shelves.product(tea)).price == 4321


async def imported(database: Database, *, stocked: bool) -> int:
    """A tea and more products than one look reads, all of one moment; tells the tea's id."""
    async with database.begin() as session:
        tea = await a_product(session, "Tea", stock=50)
        columns = ("owner_id", "category_id", "description", "price", "currency", "kind", "created_at", "updated_at")
        same = {name: getattr(tea, name) for name in columns}
        rest = [Product(**same, name="Cup", sku=f"CUP-{number}") for number in range(MANY)]
        session.add_all(rest)
        await session.flush()
        for cup in rest if stocked else ():
            session.add(Inventory(product_id=cup.id, quantity_in_stock=1, quantity_reserved=0, updated_at=START))
        return tea.id


async def test_a_large_import_that_is_over_is_not_read_again_at_every_look(
    database: Database, shelves: Shelves, clock: ManualClock, seconds: Seconds
) -> None:
    """Fails when `_look` reads what lies within the overlap however long ago it was."""
    tea = await imported(database, stocked=True)
    clock.pass_by(minutes=1)
    await shelves.product(tea)
    seconds.now += LOOK_AGAIN
    with statements(database) as said:
        await shelves.product(tea)

    assert len(said) == 3, "the look found nothing, and the page is still there"


async def test_a_change_beside_a_large_import_is_seen(
    database: Database, shelves: Shelves, seconds: Seconds, elsewhere: Database
) -> None:
    """Fails when `_look` takes the newest products that it reads for all that changed."""
    tea = await imported(database, stocked=False)
    for _ in range(2):
        await shelves.product(tea)
        seconds.now += LOOK_AGAIN
    async with elsewhere.begin() as session:
        olga = await user(session, OLGA)
        await products.set_price(session, olga, tea, 4321, now=START - timedelta(seconds=1))

    assert (await shelves.product(tea)).price == 4321


async def test_numbers_read_before_a_commit_here_do_not_undo_it(
    database: Database, clock: ManualClock, seconds: Seconds
) -> None:
    """Fails when `_look` believes numbers that were read while something was committed here."""
    tea = await a_tea(database)
    shelves = Shelves(database, clock=clock, seconds=seconds)
    for _ in range(2):
        await available(shelves, tea)
        seconds.now += LOOK_AGAIN
    async with database.begin() as session:
        await stock.hold(session, {tea: 1}, now=LATER)

    def commit_meanwhile(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "inventory.updated_at >" in statement:
            database.watchers[-1](Changes())

    event.listen(database.read_engine.sync_engine, "after_cursor_execute", commit_meanwhile)

    with statements(database) as said:
        assert (await shelves.product(tea)).available == 49

    assert len(said) > 2, "it was read again, not believed"


async def test_a_sale_begins_and_ends_on_the_shelf_at_its_moment_although_no_row_changed(
    database: Database, shelves: Shelves, clock: ManualClock
) -> None:
    """Fails when what is kept does not know when it turns."""
    async with database.begin() as session:
        tea = await a_product(session, "Tea", price=1200)
        tea.sale_price, tea.sale_from, tea.sale_until = 990, LATER, LATER + timedelta(minutes=1)

    async def shown() -> list[tuple[int, int | None]]:
        card = await shelves.product(tea.id)
        shelf = await shelves.category(card.category_id, after=None, before=None, limit=6)
        return [(card.price, card.was), *((item.price, item.was) for item in shelf.page.items)]

    assert await shown() == [(1200, None)] * 2
    clock.pass_by(seconds=59, microseconds=999_999)
    assert await shown() == [(1200, None)] * 2
    clock.pass_by(microseconds=1)
    assert await shown() == [(990, 1200)] * 2
    with statements(database) as said:
        await shown()
    assert said == [], "it is kept until the end of the sale"
    clock.pass_by(minutes=1)
    assert await shown() == [(1200, None)] * 2


def test_memory_finds_values_by_what_they_show_and_keeps_no_more_than_it_has_room_for() -> None:
    memory: Memory[str, int] = Memory(2)
    memory.put("a", 1, frozenset({1, 2}), until=10)
    memory.put("b", 2, frozenset({2}), until=10)
    memory.change(2, lambda value: value * 10 if value == 1 else None)
    assert (memory.get("a", 0, START), memory.get("b", 0, START), memory.get("a", 10, START)) == (10, None, None)

    memory.put("b", 2, frozenset({2}), until=10)
    memory.put("c", 3, frozenset({3}), until=10)
    assert (memory.get("a", 0, START), memory.get("b", 0, START), memory.get("c", 0, START)) == (None, 2, 3)

    memory.drop([2, 7])
    assert (memory.get("b", 0, START), memory.get("c", 0, START)) == (None, 3)
    memory.clear()
    assert memory.get("c", 0, START) is None

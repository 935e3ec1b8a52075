"""A list page by page: whoever dies in the middle, its products come in once, and go back once."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    ImportChange,
    ImportRun,
    ImportState,
    Inventory,
    Order,
    Product,
    ProductKind,
    Review,
    StockMovement,
    User,
)
from db.session import Database
from shop import doctor, importing
from shop.importing import ImportReport, Sent, going_on, undoing
from shop.importing.paging import pages
from shop.importing.wanted import Wanted
from shop.policy import Policy
from tests.world.clock import ManualClock
from tests.world.goods import a_category, a_product
from tests.world.imports import bring, kept
from tests.world.people import ANN, OLGA, user

MANY = 320
LIST = ("sku,name,price,quantity\n" + "".join(f"T{n:03},Tea {n},4,5\n" for n in range(MANY))).encode()


class Died(Exception):  # noqa: N818  as the story tells it
    """The process is gone."""


class Ticking:
    """A clock that moves on whenever somebody looks at it."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.pass_by(seconds=4)


async def begun(database: Database, olga: User, policy: Policy, clock: ManualClock) -> ImportReport:
    report = await importing.look(database, olga, LIST, policy=policy, clock=clock)

    async def yes(_session: AsyncSession) -> bool:
        return True

    sent = Sent(mark=importing.mark_of(LIST), name="teas.csv", user_id=olga.id, file_id="F", bot_id=1, message_id=2)
    seen = importing.outline(report)
    return await importing.take(database, olga, LIST, seen=seen, agreed=yes, sent=sent, policy=policy, clock=clock)


async def read(_file_id: str) -> bytes:
    return LIST


async def rounds(database: Database, policy: Policy, clock: ManualClock, *, dies_after: int | None) -> bool:
    """One round of the schedule, which may die after so many pages."""
    told = 0

    async def tell(_run_id: int) -> None:
        nonlocal told
        told += 1
        if dies_after is not None and told > dies_after:
            raise Died

    try:
        return await going_on.run(database, read, tell, Ticking(clock), policy)
    except Died:
        return False


async def stock_of(database: Database, sku: str) -> int | None:
    async with database.read() as session:
        query = select(Inventory.quantity_in_stock).join(Product, Product.id == Inventory.product_id)
        return await session.scalar(query.where(Product.sku == sku))


async def count(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Product)) or 0


@pytest.fixture
async def olga(database: Database) -> User:
    async with database.begin() as session:
        return await user(session, OLGA)


def test_a_page_ends_between_products_and_never_between_variants() -> None:
    def top(variants: int) -> Wanted:
        return Wanted(1, "A", {}, variants=[Wanted(2, "B", {}) for _ in range(variants)])

    assert list(pages([top(0)] * 120)) == [(0, 50), (50, 100), (100, 120)]
    assert list(pages([top(150), top(100), top(2048), top(1)])) == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert list(pages([top(0)] * 3, 2)) == [(2, 3)]
    assert list(pages([], 0)) == []


async def test_a_list_whose_writer_died_goes_on_where_it_stopped_and_goes_back_the_same_way(
    database: Database, olga: User, policy: Policy, clock: ManualClock
) -> None:
    report = await begun(database, olga, policy, clock)
    assert (report.running, await count(database)) == (True, 0)

    await rounds(database, policy, clock, dies_after=1)
    half = await count(database)
    assert 0 < half < MANY
    async with database.begin() as session:
        mine = select(Product).where(Product.sku == "T000")
        tea = (await session.scalars(mine)).one()
        tea.price = 900  # somebody works on while nobody is at it
        await sell_one(session, tea, clock)
    assert not await rounds(database, policy, clock, dies_after=None), "it is held by who died, for a minute"
    clock.pass_by(minutes=2)
    assert await rounds(database, policy, clock, dies_after=None)
    assert not await rounds(database, policy, clock, dies_after=None)

    assert await count(database) == MANY
    async with database.read() as session:
        run = (await session.scalars(select(ImportRun))).one()
        assert (run.state, run.new, run.position) == (ImportState.WRITTEN, MANY, MANY)
        assert await session.scalar(select(func.sum(StockMovement.delta))) == 5 * MANY - 1
        price = await session.scalar(select(Product.price).where(Product.sku == "T000"))
    assert price == 900, "what is written is not written again"

    begins = await asyncio.gather(*(undo(database, olga, run.id, clock) for _ in range(3)))
    assert sorted(begins, key=str) == [False, False, True]
    await rounds(database, policy, clock, dies_after=2)
    assert 1 < await count(database) < MANY
    clock.pass_by(minutes=2)
    assert await rounds(database, policy, clock, dies_after=None)
    assert await count(database) == 1
    assert await stock_of(database, "T000") == 0
    async with database.read() as session:
        run = await session.get_one(ImportRun, run.id)
        assert (run.state, run.put_back, run.kept_count) == (ImportState.UNDONE, MANY - 1, 1)
        assert await session.scalar(select(func.count()).select_from(ImportChange)) == 0
        assert await doctor.check(session, now=clock.now()) == []


async def sell_one(session: AsyncSession, tea: Product, clock: ManualClock) -> None:
    """One is gone without an order; an order would need so much more."""
    changed = update(Inventory).where(Inventory.product_id == tea.id)
    await session.execute(changed.values(quantity_in_stock=Inventory.quantity_in_stock - 1))
    more = {"delta": -1, "reason": "corrected", "actor": "test", "created_at": clock.now()}
    session.add(StockMovement(product_id=tea.id, **more))


async def undo(database: Database, olga: User, run_id: int, clock: ManualClock) -> bool:
    try:
        return await database.transact(
            lambda session: undoing.begin(session, olga, run_id, now=clock.now(), others=True)
        )
    except importing.Busy:
        return False


async def test_who_was_thought_dead_writes_nothing_over_what_others_did(
    database: Database, olga: User, policy: Policy, clock: ManualClock
) -> None:
    await begun(database, olga, policy, clock)

    slept = False

    async def sleeps(_run_id: int) -> None:
        nonlocal slept
        if slept:
            return
        slept = True
        clock.pass_by(minutes=2)
        assert await rounds(database, policy, clock, dies_after=None)
        async with database.begin() as session:
            await session.execute(update(Product).where(Product.sku == "T200").values(price=900))

    await going_on.run(database, read, sleeps, Ticking(clock), policy)

    async with database.read() as session:
        assert await session.scalar(select(Product.price).where(Product.sku == "T200")) == 900
        assert (await session.scalars(select(ImportRun))).one().new == MANY


async def test_a_product_that_became_a_variant_is_one_alone_again_with_its_reviews(
    database: Database, clock: ManualClock
) -> None:
    async with database.begin() as session:
        shirt = await a_product(session, "Shirt", sku="S", stock=2, category=await a_category(session, "Clothes"))
        ann, olga = await user(session, ANN), await user(session, OLGA)
        then = {"created_at": clock.now(), "updated_at": clock.now(), "owner_id": olga.id}
        order = Order(user_id=ann.id, kind=ProductKind.PHYSICAL, currency="EUR", checkout_key="x", **then)
        order.subtotal = order.total_price = 450
        session.add(order)
        await session.flush()
        session.add(Review(product_id=shirt.id, user_id=ann.id, order_id=order.id, rating=4, **then))
        shirt.rating_sum, shirt.rating_count = 4, 1
    before = await kept(database)
    rows = "sku,parent_sku,name,option_names,option,price,quantity\nS,,Shirt,Size,,5,\n"
    rows += "S-1,S,Shirt,,Small,5,2\nS-2,S,Shirt,,Large,6,1\n"

    report = await importing.import_bytes(
        database, rows.encode(), owner_id=olga.id, policy=Policy(currency="EUR"), clock=clock
    )
    assert (report.applied, len(await kept(database))) == (True, 3)
    assert await database.transact(
        lambda session: undoing.begin(session, olga, report.runs[0], now=clock.now(), others=False)
    )
    await undoing.go_on(database, report.runs[0], clock)

    assert await kept(database) == before
    async with database.read() as session:
        (back,) = await session.scalars(select(Product))
        assert (back.id, back.parent_id, back.rating_sum, back.rating_count) == (shirt.id, None, 4, 1)
        assert await session.scalar(select(Review.product_id)) == shirt.id


async def test_what_lists_changed_is_forgotten_when_they_cannot_be_undone_any_more(
    database: Database, clock: ManualClock
) -> None:
    await bring(database, "sku,name,price\nTEA,Tea,4\n")
    assert await going_on.forget_old(database, clock) == 0
    clock.pass_by(minutes=61)
    assert await going_on.forget_old(database, clock) == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ImportChange)) == 0

"""What larger shops cost beside a small one: the database's time for each screen and each scheduled job."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.config.shop import Schedule as Periods
from app.demo.buying import check_out
from app.metrics import Metrics
from app.tasks import Parts, table
from bench.measurement import Column, Measurement, Plan, Row
from db.models import Notification, OrderStatus, User
from db.session import Database
from shop import carts, catalog, orders, products, reviews
from shop.people.permissions import operating
from shop.policy import Policy
from tests.world.clock import START, ManualClock
from tests.world.people import OLGA, OSCAR, user
from tests.world.plenty import HOT, Size, fill

SMALL = (100, 300)  # products, orders: enough to fill every page, or a full page would be compared with an empty one
SIZES = (SMALL, (10_000, 100_000), (100_000, 1_000_000))
QUICK = (SMALL, (1_000, 10_000), (5_000, 50_000))
TIMES = 100  # each; the median counts: the quickest is the one whose way to the driver's thread was a lucky one

Work = Callable[[], Awaitable[object]]


@dataclass
class Spent:
    """Seconds in statements, and how many there were."""

    seconds: float = 0.0
    statements: int = 0


@dataclass
class Nobody:
    """A courier whose letters all arrive."""

    told: list[int] = field(default_factory=list)

    async def deliver(self, notification: Notification) -> int | None:
        """Nothing is sent."""
        self.told.append(notification.id)
        return None


async def run(plan: Plan) -> list[Row]:
    """A small shop and larger ones on each database."""
    rows = []
    for kind in plan.kinds:
        async with AsyncExitStack() as open_shops:
            shops = []
            for products_, orders_ in QUICK if plan.quick else SIZES:
                plan.say(f"size: {kind}, {products_:,} products and {orders_:,} orders")
                shops.append(await open_shops.enter_async_context(_filled(plan, kind, products_, orders_)))
            things = [_things(database, size) for database, size in shops]
            async for name, work in things[0]:
                works = [work, *[(await anext(others))[1] for others in things[1:]]]
                costs = await _usual([database for database, _ in shops], works)
                rows.append({"what": f"{kind}: {name}", **_row(costs)})
    return rows


def _row(costs: Sequence[Spent]) -> Row:
    """Costs from the smallest shop to the largest; the ratio is that of the dearer of the larger ones."""
    small, middle, large = (cost.seconds * 1000 for cost in costs)
    ratio = max(middle, large) / small if small else 1.0
    times = {"small_ms": small, "middle_ms": middle, "large_ms": large, "ratio": ratio}
    return {**times, "statements": costs[-1].statements}


@asynccontextmanager
async def _filled(plan: Plan, kind: str, products_: int, orders_: int) -> AsyncGenerator[tuple[Database, Size]]:
    url = plan.databases.empty(kind)
    database = Database(url)
    try:
        yield database, await fill(database, products=products_, orders=orders_, now=START)
    finally:
        await database.close()
        plan.databases.forget(url)


async def _usual(databases: Sequence[Database], works: Sequence[Work]) -> list[Spent]:
    """The same in each shop in turn, so that whatever else this machine does hits all of them; the median of each."""
    spent: list[list[Spent]] = [[] for _ in databases]
    for _ in range(TIMES):
        for times, database, work in zip(spent, databases, works, strict=True):
            times.append(await _once(database, work))
    return [sorted(times, key=lambda one: one.seconds)[TIMES // 2] for times in spent]


async def _once(database: Database, work: Work) -> Spent:
    with _timed(database) as spent:
        await work()
    return spent


async def _things(database: Database, size: Size) -> AsyncGenerator[tuple[str, Work]]:
    """Every kind of screen by its use case (the read model in memory would hide the database), and every job."""
    async with database.begin() as session:
        olga, oscar = await user(session, OLGA), await user(session, OSCAR)
        ann = (await session.scalars(select(User).where(User.id == size.regular))).one()
    looks: dict[str, Callable[[AsyncSession], Awaitable[object]]] = {
        "categories": lambda session: catalog.list_categories(session, None),
        "shelf": lambda session: catalog.list_products(session, 1, now=START),
        "shelf, from the middle": lambda session: catalog.list_products(
            session, 1, after_id=size.products // 2, now=START
        ),
        "product": lambda session: catalog.get_product(session, HOT, now=START),
        "search, one word": lambda session: catalog.search(session, "product", now=START),
        "search, two words": lambda session: catalog.search(session, "product 7", now=START),
        "search, a typo": lambda session: catalog.guess(session, "prodict 7", now=START),
        "reviews": lambda session: reviews.list_reviews(session, HOT),
        "my orders": lambda session: orders.list_for_customer(session, ann),
        "seller's products": lambda session: products.list_owned(session, olga),
        "operator's products": lambda session: products.list_owned(session, operating(oscar)),
        "seller's orders to do": lambda session: orders.list_for_owner(session, olga, status=OrderStatus.PROCESSING),
        "seller's completed orders": lambda session: orders.list_for_owner(session, olga, status=OrderStatus.COMPLETED),
        "one order": lambda session: orders.get_for_owner(session, olga, size.orders),
    }
    for name, look in looks.items():
        yield name, partial(_look, database, look)
    yield "checkout", lambda: database.transact(lambda session: _buy(session, ann))
    clock = ManualClock()
    parts = Parts(db=database, clock=clock, policy=Policy, providers={}, courier=Nobody())
    for task in table(parts, Periods()):
        await task.work()  # what is in hand is done away with; then what is left is looking for it
        yield f"job: {task.name}", task.work
    yield "metrics", lambda: Metrics().refresh(database, clock)


async def _look(database: Database, look: Callable[[AsyncSession], Awaitable[object]]) -> None:
    async with database.read() as session:
        await look(session)


async def _buy(session: AsyncSession, buyer: User) -> None:
    await carts.set_quantity(session, buyer, HOT, 1, now=START)
    owner_id = (await user(session, OLGA)).id
    await check_out(session, buyer, owner_id, policy=Policy(), hold=timedelta(days=1), now=START)


@contextmanager
def _timed(database: Database) -> Iterator[Spent]:
    spent = Spent()

    def before(_c: Any, _cursor: Any, _statement: Any, _parameters: Any, context: Any, _many: Any) -> None:
        context.bench_started = time.perf_counter()

    def after(_c: Any, _cursor: Any, _statement: Any, _parameters: Any, context: Any, _many: Any) -> None:
        spent.seconds += time.perf_counter() - context.bench_started
        spent.statements += 1

    engines = {database.engine.sync_engine, database.read_engine.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)
    try:
        yield spent
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", before)
            event.remove(engine, "after_cursor_execute", after)


SIZE = Measurement(
    name="size",
    about="The database's time for each screen and job, in a small, a middling and a large shop",
    columns=(
        Column("statements", "statements", 0, "less"),
        Column("small_ms", "small ms", 2),
        Column("middle_ms", "middling ms", 2),
        Column("large_ms", "large ms", 2),
        Column("ratio", "dearest ÷ small", 2, "less"),
    ),
    run=run,
)

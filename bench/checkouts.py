"""Orders placed in a second, beside a bare loop that sends the same conditional UPDATE and INSERTs and nothing else."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bench.bare_order import NOW, BareOrders
from bench.measurement import Column, Measurement, Plan, Row
from bench.stock import fill
from db.migrate import upgrade
from db.models import Cart, CartItem, Order, OrderStatus, Product, ProductKind, Role, User
from db.session import Database
from shop import checkout
from shop.carts.view import checkout_key
from shop.policy import Policy

HOLD = timedelta(minutes=31)
PRODUCTS = 200
CUSTOMERS = 200  # who order once a turn: short turns, so that noise hits both
AT_ONCE = 20  # people who confirm in the same moment
POLICY = Policy()
MOST = {"hot": 1, "spread": PRODUCTS}  # how many products the orders are for

Place = Callable[[int], Awaitable[None]]  # by the number of a customer


async def run(plan: Plan) -> list[Row]:
    """One hot product, and two hundred, on each database; ours and the bare loop turn about, and the median counts."""
    rows = []
    for kind in plan.kinds:
        url = await _on_disk() if kind == "sqlite" else plan.databases.empty(kind)
        await fill(url, products=PRODUCTS)
        database = Database(url, pool_size=10)
        try:
            shop = _Shop(database, CUSTOMERS)
            await shop.open()
            bare = BareOrders(database)
            for what, products in MOST.items():
                plan.say(f"checkouts: {kind}, {what}")
                rows.append({"what": f"{kind} {what}", **await _beside(shop, bare, products, 3 if plan.quick else 20)})
        finally:
            await database.close()
            plan.databases.forget(url)
    return rows


async def _on_disk() -> str:
    """A SQLite file where a shop has it: in memory, where the tests have theirs, a commit would cost nothing."""
    url = f"sqlite:///{_new_folder()}/shop.sqlite3"
    await upgrade(url)
    return url


def _new_folder() -> str:
    Path("build").mkdir(exist_ok=True)
    return tempfile.mkdtemp(prefix="bench-", dir="build")


async def _beside(shop: "_Shop", bare: BareOrders, products: int, rounds: int) -> Row:
    turns: list[tuple[float, float]] = []
    for _ in range(rounds + 1):
        await shop.fill_carts(products)
        one = await _timed(shop.customers, shop.place)
        other = await _timed(shop.customers, lambda customer: bare.place(customer, shop.owner, customer % products + 1))
        turns.append((one / len(shop.customers), other / len(shop.customers)))
    turns = turns[1:]  # the first one warms up
    return {
        "orders_per_second": 1 / statistics.median(one for one, _ in turns),
        "bare_per_second": 1 / statistics.median(other for _, other in turns),
        "ratio": statistics.median(other / one for one, other in turns),
    }


async def _timed(customers: Iterable[int], place: Place) -> float:
    """Seconds until everybody placed an order, so many at once."""
    waiting = iter(list(customers))

    async def work() -> None:
        for customer in waiting:
            await place(customer)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(work())
    return time.perf_counter() - began


class _Shop:
    """Customers with a product in the cart each."""

    def __init__(self, database: Database, customers: int) -> None:
        self._database = database
        self._users: dict[int, User] = {}
        self._count = customers
        self._versions: dict[int, int] = {}
        self.owner = 0

    @property
    def customers(self) -> list[int]:
        """Their numbers."""
        return list(self._users)

    async def open(self) -> None:
        """Write the customers down."""
        async with self._database.begin() as session:
            self.owner = (await session.scalars(select(Product.owner_id).limit(1))).one()
            people = [
                User(telegram_id=100 + number, name="C", role=Role.CUSTOMER, created_at=NOW, updated_at=NOW)
                for number in range(self._count)
            ]
            session.add_all(people)
            await session.flush()
            session.add_all(Cart(id=person.id, user_id=person.id, version=0, updated_at=NOW) for person in people)
            self._users = {person.id: person for person in people}
            self._versions = dict.fromkeys(self._users, 0)

    async def fill_carts(self, products: int) -> None:
        """Everybody has paid what they ordered, and takes one unit of one of so many products."""
        async with self._database.begin() as session:
            pending = update(Order).where(Order.status == OrderStatus.PENDING)
            await session.execute(pending.values(status=OrderStatus.PROCESSING))
            await session.execute(delete(CartItem))
            await session.execute(
                insert(CartItem),
                [
                    {
                        "cart_id": customer,
                        "product_id": customer % products + 1,
                        "quantity": 1,
                        "seen_price": 500 + (customer % products + 1) % 1_000,
                        "seen_currency": "EUR",
                    }
                    for customer in self._users
                ],
            )

    async def place(self, customer: int) -> None:
        """As the shop does it."""
        version = self._versions[customer]
        self._versions[customer] = version + 1
        key = checkout_key(customer, version, self.owner, ProductKind.PHYSICAL)

        async def work(session: AsyncSession) -> None:
            await checkout.place_order(
                session,
                self._users[customer],
                owner_id=self.owner,
                kind=ProductKind.PHYSICAL,
                checkout_key=key,
                payment_method=None,
                note=None,
                policy=POLICY,
                hold=HOLD,
                now=NOW,
            )

        await self._database.transact(work)


CHECKOUTS = Measurement(
    name="checkouts",
    about="Orders placed per second, beside a bare loop of the same UPDATE and INSERTs",
    columns=(
        Column("orders_per_second", "orders/s", 0, "more"),
        Column("bare_per_second", "bare/s", 0),
        Column("ratio", "÷ bare", 2, "more"),
    ),
    run=run,
)

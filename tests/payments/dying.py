"""A shop that dies (kill -9) at every moment of an act and is started again, and what must be true then."""

import asyncio
from collections.abc import Callable, Coroutine, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import select

from app import tasks
from app.config.shop import Schedule
from db.models import Inventory, Notification, Order, Payment
from shop import doctor
from shop.payments import ledger
from shop.payments.ledger import DifferenceKind
from shop.policy import Policy
from tests.payments.counter import Counter
from tests.payments.crashes import FragileDatabase, Moments, watched
from tests.payments.houses import House, house
from tests.payments.killing import Killed, in_a_child, kill_nine
from tests.payments.outside import OutsideTill
from tests.payments.scenes import Act, Scene, orders_by_charge, outside
from tests.world.clock import START, ManualClock
from tests.world.compiled import compile_once
from tests.world.databases import Databases

SOON = timedelta(minutes=5)  # after a crash the shop is started again, and its schedule has come by
MUCH_LATER = timedelta(days=2)
DONE = ("processing", "shipped", "completed")


class Postman:
    """Brings every notification."""

    async def deliver(self, notification: Notification) -> int | None:
        return notification.id


DYING = [  # how a test whose shop dies is run
    pytest.mark.one_database,
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning"),
]


@dataclass
class Shop:
    """What one process of the shop has; `db` outlives a process only to keep what it has compiled."""

    house: House
    policy: Policy
    db: FragileDatabase
    moments: Moments
    now: datetime
    remembered: dict[str, str]

    @classmethod
    @contextmanager
    def opened(cls, home: House, databases: Databases, policy: Policy, **more: Any) -> Generator[Self]:
        """A shop whose processes share what was compiled before: every child inherits it."""
        home.keep("empty")
        moments = Moments(kill_nine)
        db = FragileDatabase(home.url, moments)
        compile_once(db)
        yield cls(home, policy, db, moments, START, {}, **more)
        databases.forget(home.url)

    def counter(self) -> Counter:
        """The shop as it is after a start."""
        provider = watched(OutsideTill(self.house.books), self.moments)
        return Counter(self.db, ManualClock(self.now), self.policy, provider, remembered=self.remembered)

    def does(
        self, act: Act, *, until: int | None = None, after: timedelta = timedelta(0)
    ) -> Callable[[], Coroutine[Any, Any, dict[str, Any]]]:
        """An act of a process that starts, as long as it lives, and what the shop says at the end."""
        self.comes(after)

        async def work() -> dict[str, Any]:
            self.moments.begin(until=until)
            self.db._write_lock = asyncio.Lock()  # a lock belongs to the loop of its process
            counter = self.counter()
            counter.clock.pass_by(seconds=after.total_seconds())
            await act(counter)
            told = await self.says(counter)
            await self.closes(counter)
            return {**told, "now": counter.clock.now()}

        return work

    def comes(self, now: timedelta) -> None:
        """So much later a process starts: the provider may have a clock, too."""

    async def closes(self, counter: Counter) -> None:
        """The orderly end of a process."""
        await self.db.close()

    async def says(self, counter: Counter) -> dict[str, Any]:
        """How everything stands, in the books of both sides."""
        async with self.db.read() as session:
            orders = [order.status.value for order in await session.scalars(select(Order).order_by(Order.id))]
            kept = [row.amount - row.refunded_amount for row in await session.scalars(select(Payment))]
            stock = [(row.quantity_in_stock, row.quantity_reserved) for row in await session.scalars(select(Inventory))]
        books = outside(counter)
        taken = sorted((amount, books.given_back(charge)) for charge, amount in books.charges().items())
        return {"orders": orders, "kept": kept, "stock": stock, "pages": books.opened(), "taken and given back": taken}

    async def works(self, counter: Counter) -> None:
        """The schedule does everything once, and then the promises hold."""
        parts = tasks.Parts(
            db=self.db,
            clock=counter.clock,
            policy=lambda: counter.policy,
            providers=counter.providers,
            courier=Postman(),
        )
        for task in tasks.table(parts, Schedule()):
            await task.work()
        books, kept = outside(counter), 0
        async with self.db.read() as session:
            now = counter.clock.now()
            assert await doctor.check(session, now=now) == []
            kept = sum([row.amount - row.refunded_amount for row in await session.scalars(select(Payment))])
            differences = await ledger.compare(session, now=now)
            # a charge that was agreed to and never made cannot be told from one whose news is lost
            assert [one for one in differences if one.kind is not DifferenceKind.SILENT] == []
        orders = await orders_by_charge(counter)
        for charge, amount in books.charges().items():
            back, order = books.given_back(charge), orders[charge]
            assert back <= amount, "more went back than came"
            assert back == amount or order in DONE, "money was kept for nothing"
            kept -= amount - back
        assert kept == 0, "the shop and its provider kept different sums"


def opening(kind: type[Shop]) -> Any:
    """The fixture of such a shop, in a house of its own."""

    @pytest.fixture
    def shop(databases: Databases, database_kind: str, policy: Policy, tmp_path: Path) -> Generator[Shop]:
        with kind.opened(house(databases, database_kind, tmp_path), databases, policy) as opened:
            yield opened

    return shop


def every(scenes: Sequence[Scene]) -> pytest.MarkDecorator:
    """Run the test in each scene, by its name."""
    return pytest.mark.parametrize("scene", scenes, ids=[scene.name.replace(" ", "-") for scene in scenes])


def dies_at_every_moment(shop: Shop, scene: Scene, *, start: datetime) -> None:
    """The moments are counted in a run that nobody interrupts. Then each of them is the last of its process.

    Once people and providers come back and repeat what got no answer, once nobody does and the schedule has to find
    everything.
    """

    async def comes_back(counter: Counter) -> None:
        await (scene.again or scene.act)(counter)
        await shop.works(counter)

    shop.house.restore("empty")
    shop.now = start
    shop.now = asyncio.run(shop.does(scene.before)())["now"]
    shop.house.keep("before")
    asyncio.run(shop.does(scene.act)())
    moments = shop.moments.passed
    assert len(moments) > 1
    expected = asyncio.run(shop.does(comes_back, after=SOON)())
    before = None
    for moment, name in enumerate(moments):
        shop.house.restore("before")
        with pytest.raises(Killed):
            in_a_child(shop.does(scene.act, until=moment))
        shop.house.keep("wreck")
        left = shop.house.looks()
        if left == before:
            continue  # a step that was begun and not committed leaves what the moment before it left
        before = left
        shop.house.restore("wreck")
        assert in_a_child(shop.does(comes_back, after=SOON)) == expected, f"killed {name} ({moment})"
        shop.house.restore("wreck")
        in_a_child(shop.does(shop.works, after=MUCH_LATER))

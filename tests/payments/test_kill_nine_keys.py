"""The shop is killed (-9) between the payment of two keys and their delivery: the buyer has two, and each once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, ProductKind, Unit
from shop import units
from tests.payments.counter import Counter
from tests.payments.crashes import watched
from tests.payments.dying import DYING, Shop, dies_at_every_moment, opening
from tests.payments.outside import OutsideTill
from tests.payments.scenes import Scene, deliver, till
from tests.payments.tills import paid
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import OLGA, user


class StarsTill(OutsideTill):
    """The same for Stars, with which downloads are paid."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.name = "stars"

    def take(self, payload: str) -> bool:
        """A customer pays; False when the page is closed."""
        if f"ref-{payload}" in self.said:
            return False
        self.said[f"ref-{payload}"] = paid(self.pages[payload], provider=self.name)
        self._write()
        return True


@dataclass
class KeyShop(Shop):
    """A shop that sells keys for Stars."""

    def counter(self) -> Counter:
        """The shop as it is after a start."""
        provider = watched(StarsTill(self.house.books), self.moments)
        clock = ManualClock(self.now)
        return Counter(self.db, clock, self.policy, provider, method="stars", remembered=self.remembered)

    async def says(self, counter: Counter) -> dict[str, Any]:
        """The books, and who has which key."""
        async with self.db.read() as session:
            keys = await session.execute(select(Unit.id, Unit.state, Unit.order_item_id).order_by(Unit.id))
            told = [(row[0], row[1].value, row[2]) for row in keys]
        return {**await super().says(counter), "keys": told}


async def two_paid_keys(counter: Counter) -> None:
    """Ann has paid two of five keys, and nobody knows yet."""

    async def shelve(session: AsyncSession) -> Product:
        game = await a_product(session, "Game", stock=0, kind=ProductKind.DIGITAL, currency="XTR")
        given = [units.NewUnit(f"KEY-{number}") for number in range(5)]
        await units.add(session, await user(session, OLGA), game.id, given, now=counter.clock.now())
        return game

    attempt, _ = await counter.open(await counter.order(await counter.run(shelve), 2))
    assert till(counter).pay(attempt)


pytestmark = DYING
shop = opening(KeyShop)


def test_no_moment_to_die_loses_a_key_or_hands_one_out_twice(shop: Shop) -> None:
    """Guards: units are claimed in the transaction that sells them; the delivery is a row of the outbox."""
    dies_at_every_moment(shop, Scene("two keys", two_paid_keys, deliver, deliver), start=START)

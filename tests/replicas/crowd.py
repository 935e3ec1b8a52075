"""Many people at once in front of the replicas, all after the same few units."""

from dataclasses import dataclass

from sqlalchemy import func, select

from db.models import Inventory, Order, OrderStatus, StockMovement
from db.session import Database
from shop import carts, doctor
from shop.clock import SystemClock
from simulator.server import Simulator
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import Someone, user

PATIENCE = 240.0  # seconds; a loaded machine is slow


@dataclass(slots=True)
class Crowd:
    """So many people, each with one unit of the same tea in the cart."""

    simulator: Simulator
    database: Database
    buyers: list[Guest]

    async def settle(self) -> None:
        """Wait until Telegram has brought everything and everything is answered."""
        await self.simulator.idle(PATIENCE)

    async def come_to_the_last_button(self) -> None:
        """Everybody opens the cart and the summary of the order."""
        for buyer in self.buyers:
            await buyer.says("/cart", hurried=True)
        await self.settle()
        for buyer in self.buyers:
            await buyer.taps("Check out", hurried=True)
        await self.settle()

    async def order(self) -> None:
        """Everybody taps the last button in the same moment."""
        for buyer in self.buyers:
            await buyer.taps("here in the chat", hurried=True)

    async def hear(self) -> None:
        """Wait until all know how it ended; whose tap Telegram dropped (after 150 s unanswered) taps again."""
        await self.settle()
        while waiting := [buyer for buyer in self.buyers if not (_has_won(buyer) or _has_lost(buyer))]:
            for buyer in waiting:
                await buyer.taps("here in the chat", hurried=True)
            await self.settle()

    async def only_what_there_was_is_promised(self, units: int) -> None:
        """Exactly so many orders; each person was told how it ended; stock, movements and the doctor agree."""
        winners = [buyer for buyer in self.buyers if _has_won(buyer)]
        refused = [buyer for buyer in self.buyers if _has_lost(buyer)]
        async with self.database.read() as session:
            pending = await session.scalar(select(func.count()).where(Order.status == OrderStatus.PENDING))
            tea = (await session.scalars(select(Inventory))).one()
            moved = await session.scalar(select(func.sum(StockMovement.delta)))
            findings = await doctor.check(session, now=SystemClock().now())
        assert (pending, len(winners), len(refused)) == (units, units, len(self.buyers) - units)
        assert (tea.quantity_in_stock, tea.quantity_reserved, moved) == (units, units, units)
        assert findings == []


def _has_won(buyer: Guest) -> bool:
    return any(message.invoice for message in buyer.chat.said)


def _has_lost(buyer: Guest) -> bool:
    return buyer.sees("sold out")


async def gather(simulator: Simulator, database: Database, *, buyers: int, units: int) -> Crowd:
    """They come."""
    now = SystemClock().now()
    people = [Someone(50_000 + n, f"Buyer {n}", f"buyer{n}") for n in range(buyers)]
    async with database.begin() as session:
        tea = await a_product(session, stock=units, category=await a_category(session, "Tea"), now=now)
        for person in people:
            await carts.set_quantity(session, await user(session, person, now=now), tea.id, 1, now=now)
    crowd = Crowd(simulator, database, [])
    crowd.buyers = [Guest(simulator, person, crowd.settle) for person in people]
    return crowd

"""What a person looked at lately: noted in memory with the tap, written down a moment later, the newest few kept.

A tap waits for no write because of it. What a process that is killed had not written is forgotten: nobody needs it.
"""

from datetime import datetime
from functools import partial

from sqlalchemy import Integer, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.models import Product, User, ViewedProduct
from db.prepared import PreparedWrite
from db.session import Database
from db.writes import changed
from shop.clock import Clock

MOST = 20  # of one person
ROOM = 5_000  # glances that wait to be written; more are not noted
AT_ONCE = 200  # in one transaction

Glance = tuple[int, int]  # a user's id, a product's


class Glances:
    """Notes and writes; one for each process."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._waiting: dict[Glance, datetime] = {}

    def note(self, user_id: int, product_id: int) -> None:
        """Somebody looks at a product (never a variant)."""
        if len(self._waiting) < ROOM or (user_id, product_id) in self._waiting:
            self._waiting[user_id, product_id] = self._clock.now()

    async def write(self) -> bool:
        """Write down what waits; whether it came to its limit (a flow)."""
        some = dict(list(self._waiting.items())[:AT_ONCE])
        if not some:
            return False
        await self._db.transact(partial(_write, glances=some))
        for glance, moment in some.items():
            if self._waiting.get(glance) == moment:
                del self._waiting[glance]
        return len(some) == AT_ONCE

    async def write_of(self, user_id: int) -> None:
        """Write down what this person looked at, before it is shown."""
        mine = {glance: moment for glance, moment in self._waiting.items() if glance[0] == user_id}
        if not mine:
            return
        await self._db.transact(partial(_write, glances=mine))
        for glance in mine:
            self._waiting.pop(glance, None)

    def forget(self, user_id: int) -> None:
        """Write nothing of this person that waits: they want to be forgotten."""
        self._waiting = {glance: moment for glance, moment in self._waiting.items() if glance[0] != user_id}


async def recent(session: AsyncSession, user: User) -> list[int]:
    """The products (ids) that this person looked at, the last one first; at most `MOST`."""
    query = select(ViewedProduct.product_id).where(ViewedProduct.user_id == user.id)
    query = query.order_by(ViewedProduct.viewed_at.desc(), ViewedProduct.product_id.desc())
    return list(await session.scalars(query.limit(MOST)))


async def forget(session: AsyncSession, user_id: int) -> None:
    """Nothing of what this person looked at is kept."""
    await changed(session, delete(ViewedProduct).where(ViewedProduct.user_id == user_id))


async def _write(session: AsyncSession, *, glances: dict[Glance, datetime]) -> None:
    await session.run_sync(partial(_write_down, glances=glances))


def _write_down(session: Session, *, glances: dict[Glance, datetime]) -> None:
    """Three statements, each compiled once and run for many rows: there are as many glances as products seen."""
    connection = session.connection()
    rows = [
        {"glancer": user_id, "glanced": product_id, "moment": moment}
        for (user_id, product_id), moment in sorted(glances.items())
    ]
    _GONE.run_each(connection, rows)
    _SEEN.run_each(connection, rows)
    _TRIMMED.run_each(connection, [{"glancer": user_id} for user_id in sorted({user_id for user_id, _ in glances})])


_GLANCER, _GLANCED = bindparam("glancer", type_=Integer), bindparam("glanced", type_=Integer)
_MOMENT = bindparam("moment", type_=ViewedProduct.viewed_at.type)
_GONE = PreparedWrite(
    delete(ViewedProduct).where(ViewedProduct.user_id == _GLANCER, ViewedProduct.product_id == _GLANCED)
)
# who or what is gone meanwhile leaves no row: it selects from those that are there
_SEEN = PreparedWrite(
    insert(ViewedProduct).from_select(
        ["user_id", "product_id", "viewed_at"],
        select(User.id, Product.id, _MOMENT).where(User.id == _GLANCER, Product.id == _GLANCED),
    )
)
# MariaDB deletes from no table that the same statement looks into, unless what it finds there is set down before
_LAST_KEPT = (
    select(ViewedProduct.viewed_at)
    .where(ViewedProduct.user_id == _GLANCER)
    .order_by(ViewedProduct.viewed_at.desc())
    .offset(MOST - 1)
    .limit(1)
    .subquery()
)
_TRIMMED = PreparedWrite(
    delete(ViewedProduct).where(
        ViewedProduct.user_id == _GLANCER, ViewedProduct.viewed_at < select(_LAST_KEPT.c.viewed_at).scalar_subquery()
    )
)

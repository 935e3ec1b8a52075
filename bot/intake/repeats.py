"""Messages that another replica has handled already: Telegram repeats what our answer to was lost.

A button says the state it wants, so that a repeated tap is harmless. A message may mean "ten more of these".
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import TelegramUpdate
from db.prepared import PreparedRead
from db.session import Database
from db.writes import changed, insert_once
from shop.clock import Clock

KIND = "message"
KEPT = timedelta(days=2)  # Telegram repeats for a day at most
_HANDLED = PreparedRead(
    select(TelegramUpdate.update_id).where(TelegramUpdate.update_id == bindparam("update"), TelegramUpdate.kind == KIND)
)


class Repeats:
    """Remembers in the database which messages were handled, for all replicas."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def was_handled(self, update_id: int) -> bool:
        """Whether some replica handled this message to its end."""
        return bool(await self._db.look(_HANDLED, {"update": update_id}))

    async def note(self, update_id: int) -> None:
        """It was handled."""
        now = self._clock.now()

        async def work(session: AsyncSession) -> None:
            values = {"payload": {}, "attempts": 1, "received_at": now, "run_at": now, "done_at": now}
            await insert_once(session, TelegramUpdate, update_id=update_id, kind=KIND, **values)

        await self._db.transact(work)


async def forget_old(db: Database, clock: Clock) -> int:
    """Remove the notes that are too old for Telegram to repeat; how many."""
    return await db.transact(lambda session: _forget(session, clock.now() - KEPT))


async def _forget(session: AsyncSession, before: datetime) -> int:
    old = (TelegramUpdate.kind == KIND, TelegramUpdate.received_at < before)
    return await changed(session, delete(TelegramUpdate).where(*old))

"""Going on with lists that nobody is at: long ones, and those whose process died."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ImportChange, ImportRun, ImportState
from db.session import Database
from shop.clock import Clock
from shop.importing import runs, undoing
from shop.importing.files import resume
from shop.importing.writing import Tell, Writing
from shop.policy import Policy
from shop.refusals import CannotRead

Read = Callable[[str], Awaitable[bytes]]  # the content of a file that was sent; raises CannotRead

EVERY = timedelta(seconds=3)  # how often its sender sees how far it is
PATIENCE = timedelta(hours=1)  # a file that cannot be had for so long is not asked for any more
AT_ONCE = 20  # lists whose past is forgotten in one transaction
log = structlog.get_logger()


async def run(db: Database, read: Read, tell: Tell, clock: Clock, policy: Policy) -> bool:
    """Bring the oldest list that nobody is at to its end; whether there was one."""
    one = await db.transact(partial(runs.claim, now=clock.now()))
    if one is None:
        return False
    now_and_then = _Seldom(tell, clock)
    if one.state is ImportState.UNDOING:
        await undoing.go_on(db, one.id, clock, now_and_then)
    else:
        try:
            content = await read(one.file_id or "")
        except CannotRead:
            log.warning("list_not_read", run_id=one.id)
            if one.started_at > clock.now() - PATIENCE:
                return False  # it is held for a minute, and tried again then
            await Writing(db, policy, clock, one, tell=now_and_then).end()
            return True
        await resume(db, one, content, policy=policy, clock=clock, tell=now_and_then)
    await tell(one.id)
    return True


async def forget_old(db: Database, clock: Clock) -> int:
    """Forget what products were before lists that cannot be undone any more; how many lists were looked at."""
    return await db.transact(partial(_forget, clock=clock))


async def _forget(session: AsyncSession, *, clock: Clock) -> int:
    over = (ImportRun.state == ImportState.WRITTEN, ImportRun.written_at <= clock.now() - runs.UNDO)
    kept = select(ImportChange.id).where(ImportChange.run_id == ImportRun.id).exists()
    query = select(ImportRun.id).where(*over, kept).order_by(ImportRun.id).limit(AT_ONCE)
    ids = list(await session.scalars(query))
    if ids:
        await session.execute(delete(ImportChange).where(ImportChange.run_id.in_(ids)))
    return len(ids)


class _Seldom:
    """Tells how far it is, but not more often than people read."""

    def __init__(self, tell: Tell, clock: Clock) -> None:
        self._tell, self._clock = tell, clock
        self._last = clock.now()

    async def __call__(self, run_id: int) -> None:
        now = self._clock.now()
        if now - self._last >= EVERY:
            self._last = now
            await self._tell(run_id)

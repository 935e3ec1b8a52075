"""Putting back what a list changed, for an hour: page by page, the last one first, each whole or not at all.

What somebody changed since is left and named. Stock goes back by the difference, so that sales in between count.
"""

import asyncio
from datetime import datetime
from functools import partial

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import changes_of
from db.models import ImportChange, ImportRun, ImportState, User
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.importing import runs
from shop.importing.stored import ACTOR
from shop.importing.undone_page import UndonePage
from shop.importing.writing import TRIES, Tell
from shop.jobs.queues import queue_up
from shop.notifications import enqueue
from shop.people import events
from shop.people.permissions import By, Permission, ask

UNDONE = "catalogue.import_undone"
TOLD = "list_undone"  # what its sender is told when others have undone it
NAMED = 100  # products that are left, kept with their names


async def look(session: AsyncSession, by: By, run_id: int) -> ImportRun | None:
    """A list of this seller's goods (operators: of anybody's); None: there is none."""
    ask(by, Permission.STOCK)
    acting = ask(by, Permission.CATALOGUE)
    run = await session.get(ImportRun, run_id, populate_existing=True)
    return run if run is not None and (acting.everything or run.owner_id == acting.owner_id) else None


async def begin(session: AsyncSession, by: By, run_id: int, *, now: datetime, others: bool) -> bool:
    """Begin to undo a list; False where it cannot be undone any more. Raises Busy while another one is on its way.

    `others`: it is so long that others undo it (`going_on`).
    """
    run = await look(session, by, run_id)
    actor = ask(by, Permission.CATALOGUE).actor
    return run is not None and await _begin(session, run, actor, now=now, others=others)


async def _begin(session: AsyncSession, run: ImportRun, actor: str, *, now: datetime, others: bool = False) -> bool:
    if not runs.may_be_undone(run, now):
        return False
    await queue_up(session, "import", now=now)
    if await runs.is_busy(session, run.owner_id):
        raise runs.Busy
    written = (ImportRun.id == run.id, ImportRun.state == ImportState.WRITTEN, ImportRun.written_at > now - runs.UNDO)
    values = {"state": ImportState.UNDOING, "lease_until": None if others else now + runs.LEASE}
    if not await changed(session, update(ImportRun).where(*written).values(values)):
        return False
    data = {"new": run.new, "changed": run.changed}
    events.write(session, actor, UNDONE, f"import:{run.id}", owner_id=run.owner_id, data=data, now=now)
    return True


async def undo_last(db: Database, clock: Clock, *, owner_telegram_id: int | None = None) -> list[ImportRun]:
    """Put back the last list, of all sellers in it or of one; empty: there is none of the last hour. Raises Busy."""

    async def work(session: AsyncSession) -> list[int]:
        query = select(ImportRun).where(ImportRun.state.in_((ImportState.WRITTEN, ImportState.UNDOING)))
        if owner_telegram_id is not None:
            query = query.join(User, User.id == ImportRun.owner_id).where(User.telegram_id == owner_telegram_id)
        last = await session.scalar(query.order_by(ImportRun.id.desc()).limit(1))
        if last is None:
            return []
        begun = []
        mine = query.where(ImportRun.batch == last.batch).order_by(ImportRun.id)
        for run in list(await session.scalars(mine)):
            stopped = run.state is ImportState.UNDOING and (run.lease_until is None or run.lease_until <= clock.now())
            # who died in the middle of an undoing left it to be gone on with
            if stopped or await _begin(session, run, ACTOR, now=clock.now()):
                begun.append(run.id)
        return begun

    ids = await db.transact(work)
    for run_id in ids:
        await go_on(db, run_id, clock)
    async with db.read() as session:
        return list(await session.scalars(select(ImportRun).where(ImportRun.id.in_(ids)).order_by(ImportRun.id)))


async def go_on(db: Database, run_id: int, clock: Clock, tell: Tell | None = None) -> None:
    """Put back page after page until there is none; `tell` is called after each, and its sender told at the end."""
    while await _page(db, run_id, clock):
        if tell is not None:
            await tell(run_id)
        await asyncio.sleep(0)
    await db.transact(partial(_end, run_id=run_id, now=clock.now(), told=tell is not None))


async def _page(db: Database, run_id: int, clock: Clock) -> bool:
    for again in range(TRIES):
        try:
            return await db.transact(partial(_put_page_back, run_id=run_id, now=clock.now()))
        except IntegrityError:  # somebody ordered what was about to be deleted, or took the old SKU: seen anew
            if again == TRIES - 1:
                raise
    return False


async def _put_page_back(session: AsyncSession, *, run_id: int, now: datetime) -> bool:
    await queue_up(session, "import", now=now)
    undoing = (ImportRun.id == run_id, ImportRun.state == ImportState.UNDOING)
    if not await changed(session, update(ImportRun).where(*undoing).values(lease_until=now + runs.LEASE)):
        return False
    last = await session.scalar(select(func.max(ImportChange.page)).where(ImportChange.run_id == run_id))
    if last is None:
        return False
    run = await session.get_one(ImportRun, run_id)
    mine = (ImportChange.run_id == run_id, ImportChange.page == last)
    rows = list(await session.scalars(select(ImportChange).where(*mine).order_by(ImportChange.id)))
    changes_of(session).everything = True
    kept = await UndonePage(session, run, rows, now).put_back()
    run.put_back += len(rows) - len(kept)
    run.kept_count += len(kept)
    run.kept = [*run.kept, *kept][:NAMED]
    await session.execute(delete(ImportChange).where(*mine))
    return True


async def _end(session: AsyncSession, *, run_id: int, now: datetime, told: bool) -> None:
    undoing = (ImportRun.id == run_id, ImportRun.state == ImportState.UNDOING)
    values = {"state": ImportState.UNDONE, "undone_at": now, "lease_until": None}
    if not await changed(session, update(ImportRun).where(*undoing).values(values)) or not told:
        return
    user_id = await session.scalar(select(ImportRun.user_id).where(ImportRun.id == run_id))
    if user_id is not None:
        key, data = f"{TOLD}:{run_id}", {"run_id": run_id}
        await enqueue(session, user_id=user_id, kind=TOLD, data=data, dedupe_key=key, now=now)

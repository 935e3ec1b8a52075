"""A list on its way into the shop: one a seller at a time, held by one process, gone on with by another."""

from datetime import datetime, timedelta
from uuid import uuid4

from msgspec import Struct
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import ImportRun, ImportState
from db.writes import changed

LEASE = timedelta(minutes=1)  # a page takes less than a second
UNDO = timedelta(hours=1)
OPEN = (ImportState.WRITING, ImportState.UNDOING)


class Busy(Exception):  # noqa: N818  a state, not an error
    """Another list of this seller is on its way."""


class Lost(Exception):  # noqa: N818  a state, not an error
    """Somebody else goes on with it, or it is over."""


class Sent(Struct, frozen=True):
    """Where a list came from; without a file id it cannot be read again."""

    actor: str = "system:import"
    mark: str = ""
    name: str = ""
    user_id: int | None = None
    file_id: str | None = None
    bot_id: int | None = None
    message_id: int | None = None


def new_batch() -> str:
    """What the goods of several sellers in one file have in common."""
    return uuid4().hex


async def begin(
    session: AsyncSession, owner_id: int, sent: Sent, *, batch: str, total: int, aside: int, now: datetime
) -> ImportRun:
    """Begin, or go on with the same list where whoever wrote it died. Raises Busy.

    A list that nobody can read again ends as far as it came.
    """
    query = select(ImportRun).where(ImportRun.owner_id == owner_id, ImportRun.state.in_(OPEN))
    for one in await session.scalars(query.order_by(ImportRun.id).execution_options(populate_existing=True)):
        held = one.lease_until is not None and one.lease_until > now
        if held or one.file_id is not None or one.state is ImportState.UNDOING:
            raise Busy
        if one.mark == sent.mark and one.total == total:
            one.lease_until = now + LEASE
            return one
        one.state, one.written_at, one.lease_until = ImportState.WRITTEN, now, None
    run = ImportRun(
        owner_id=owner_id,
        user_id=sent.user_id,
        actor=sent.actor,
        batch=batch,
        mark=sent.mark,
        name=sent.name[:255],
        file_id=sent.file_id,
        bot_id=sent.bot_id,
        message_id=sent.message_id,
        state=ImportState.WRITING,
        total=total,
        aside=aside,
        kept=[],
        lease_until=now + LEASE,
        started_at=now,
    )
    session.add(run)
    await session.flush()
    return run


async def is_busy(session: AsyncSession, owner_id: int) -> bool:
    """Whether a list of this seller is on its way."""
    query = select(ImportRun.id).where(ImportRun.owner_id == owner_id, ImportRun.state.in_(OPEN))
    return await session.scalar(query.limit(1)) is not None


async def newest(session: AsyncSession, owner_id: int) -> int:
    """The id of the seller's newest list; 0: there was none."""
    query = select(ImportRun.id).where(ImportRun.owner_id == owner_id)
    found = 0
    for state in ImportState:  # each along the index
        wanted = query.where(ImportRun.state == state).order_by(ImportRun.id.desc()).limit(1)
        found = max(found, await session.scalar(wanted) or 0)
    return found


async def lately(session: AsyncSession, owner_id: int, *, limit: int) -> list[ImportRun]:
    """The newest lists of a seller, the newest first; one short statement for each state, along the index."""
    found: list[ImportRun] = []
    for state in ImportState:
        query = select(ImportRun).where(ImportRun.owner_id == owner_id, ImportRun.state == state)
        found += await session.scalars(query.order_by(ImportRun.id.desc()).limit(limit))
    return sorted(found, key=lambda run: -run.id)[:limit]


async def claim(session: AsyncSession, *, now: datetime) -> ImportRun | None:
    """The oldest list that nobody is at, and that can be gone on with; it is held from now on."""
    free = or_(ImportRun.lease_until.is_(None), ImportRun.lease_until <= now)
    readable = or_(ImportRun.file_id.is_not(None), ImportRun.state == ImportState.UNDOING)
    query = select(ImportRun).where(ImportRun.state.in_(OPEN), free, readable).order_by(ImportRun.id).limit(1)
    run = await session.scalar(query)
    if run is None:
        return None
    mine = (ImportRun.id == run.id, ImportRun.state == run.state, free)
    if not await changed(session, update(ImportRun).where(*mine).values(lease_until=now + LEASE)):
        return None
    return run


async def step(session: AsyncSession, run_id: int, *, position: int, to: int, now: datetime) -> None:
    """Go from one position to another in the transaction that writes what is between them. Raises Lost."""
    mine = (ImportRun.id == run_id, ImportRun.state == ImportState.WRITING, ImportRun.position == position)
    values = {"position": to, "lease_until": now + LEASE}
    if not await changed(session, update(ImportRun).where(*mine).values(values)):
        raise Lost


async def count(session: AsyncSession, run_id: int, *, new: int, altered: int) -> None:
    """Add to the figures of a list."""
    values = {"new": ImportRun.new + new, "changed": ImportRun.changed + altered}
    await changed(session, update(ImportRun).where(ImportRun.id == run_id).values(values))


async def release(session: AsyncSession, run_id: int) -> None:
    """Leave it to whoever comes next."""
    await changed(session, update(ImportRun).where(ImportRun.id == run_id).values(lease_until=None))


async def end(session: AsyncSession, run_id: int, *, now: datetime) -> bool:
    """All of it is written, or as much as there will be; whether it was not ended yet."""
    mine = (ImportRun.id == run_id, ImportRun.state == ImportState.WRITING)
    values = {"state": ImportState.WRITTEN, "written_at": now, "lease_until": None}
    return await changed(session, update(ImportRun).where(*mine).values(values)) == 1


def may_be_undone(run: ImportRun, now: datetime) -> bool:
    """Whether the hour is not over."""
    return run.state is ImportState.WRITTEN and run.written_at is not None and run.written_at > now - UNDO

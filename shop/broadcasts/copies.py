"""The copies of a broadcast: marked before they go, a few at once, and what came of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Broadcast, BroadcastRecipient, BroadcastState, RecipientState, User
from db.writes import changed
from shop.broadcasts.audience import may_be_told

IN_FLIGHT = timedelta(minutes=2)  # longer than any copy waits for its turn, and any call takes


class Copy(Struct, frozen=True):
    """A copy that was marked as being sent, unless its person is no more to be told."""

    id: int
    person: User
    wanted: bool


async def write_and_claim(
    session: AsyncSession, *, one: Broadcast, came: Sequence[tuple[int, RecipientState]], limit: int, now: datetime
) -> list[Copy]:
    """Write what came of copies, and mark at most `limit` others: both cost one transaction."""
    for state in sorted({state for _, state in came}):
        await _mark(session, [number for number, such in came if such is state], state, now=now)
    return await claim(session, one=one, limit=limit, now=now) if limit > 0 else []


async def claim(session: AsyncSession, *, one: Broadcast, limit: int, now: datetime) -> list[Copy]:
    """Mark the next copies as being sent, for this process alone; none of a broadcast that is stopped."""
    waiting = (BroadcastRecipient.broadcast_id == one.id, BroadcastRecipient.state == RecipientState.WAITING)
    query = select(BroadcastRecipient.id).where(*waiting, _is_running(one)).order_by(BroadcastRecipient.id).limit(limit)
    ids = list(await session.scalars(query.with_for_update(skip_locked=True, of=BroadcastRecipient)))
    if not ids:
        return []
    marked = update(BroadcastRecipient).where(BroadcastRecipient.id.in_(ids))
    await changed(session, marked.values(state=RecipientState.SENDING, updated_at=now))
    people = select(User, BroadcastRecipient.id, may_be_told(one.owner_id).label("wanted"))
    people = people.join(BroadcastRecipient, BroadcastRecipient.user_id == User.id)
    rows = await session.execute(people.where(BroadcastRecipient.id.in_(ids)).order_by(BroadcastRecipient.id))
    found = [Copy(row.id, row.User, bool(row.wanted)) for row in rows]
    await _mark(session, [copy.id for copy in found if not copy.wanted], RecipientState.LEFT_OUT, now=now)
    return found


async def renew(session: AsyncSession, *, copy: Copy, one: Broadcast, now: datetime) -> bool:
    """Whether a copy that waited long for its turn may still go: not stopped, not given up, still wanted."""
    if await session.scalar(select(User.id).where(User.id == copy.person.id, may_be_told(one.owner_id))) is None:
        await _mark(session, [copy.id], RecipientState.LEFT_OUT, now=now)
        return False
    sending = (BroadcastRecipient.id == copy.id, BroadcastRecipient.state == RecipientState.SENDING)
    return bool(
        await changed(session, update(BroadcastRecipient).where(*sending, _is_running(one)).values(updated_at=now))
    )


async def give_up_lost(session: AsyncSession, *, broadcast_id: int, now: datetime) -> None:
    """Of what somebody marked and never settled, nobody knows whether it arrived."""
    lost = (
        BroadcastRecipient.broadcast_id == broadcast_id,
        BroadcastRecipient.state == RecipientState.SENDING,
        BroadcastRecipient.updated_at <= now - IN_FLIGHT,
    )
    await changed(session, update(BroadcastRecipient).where(*lost).values(state=RecipientState.UNKNOWN, updated_at=now))


async def _mark(session: AsyncSession, ids: Sequence[int], state: RecipientState, *, now: datetime) -> None:
    if not ids:
        return
    sending = (BroadcastRecipient.id.in_(ids), BroadcastRecipient.state == RecipientState.SENDING)
    await changed(session, update(BroadcastRecipient).where(*sending).values(state=state, updated_at=now))
    if state is RecipientState.BLOCKED:
        gone = (BroadcastRecipient.id.in_(ids), BroadcastRecipient.state == RecipientState.BLOCKED)
        people = select(BroadcastRecipient.user_id).where(*gone)
        await changed(session, update(User).where(User.id.in_(people)).values(reachable=False))


def _is_running(one: Broadcast) -> ColumnElement[bool]:
    going = (Broadcast.id == one.id, Broadcast.state == BroadcastState.RUNNING)
    return select(Broadcast.id).where(*going).exists()

"""How long anything is kept: what is old enough is removed by the schedule, page by page, the oldest first."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.models import (
    Departure,
    Dialog,
    ImportChange,
    ImportRun,
    ImportState,
    KeptForm,
    Message,
    Order,
    OrderStatus,
    PaymentEvent,
    TelegramUpdate,
)
from db.ordering import along
from db.session import Database
from db.writes import changed
from shop.clock import Clock
from shop.policy import Policy
from shop.privacy.scrubbing import PAGE, scrub, scrub_orders

PAGES = 25  # of each kind at one tick; the next one goes on
SETTLED = timedelta(hours=1)  # after so long nothing is under way any more of who left
HANDLED = timedelta(days=90)  # what Telegram said about money is kept as it came for so long after it was booked
LATE = timedelta(days=7)
ENDED = (OrderStatus.COMPLETED, OrderStatus.CANCELLED)

Page = Callable[[AsyncSession], Awaitable[int]]


async def keep_in_bounds(db: Database, clock: Clock, policy: Policy, *, page: int = PAGE, pages: int = PAGES) -> int:
    """Remove what was kept long enough, and what is left of those who left; how many rows (a flow)."""
    now, removed = clock.now(), 0
    removed += await _finish_departures(db, clock, policy, page)
    works: list[tuple[timedelta, Callable[..., Awaitable[int]]]] = [
        (policy.keep_orders, partial(_orders, now=now)),
        (policy.keep_orders, _events),
        (policy.keep_messages, _messages),
        (policy.keep_drafts, partial(_forms, table=Dialog)),
        (policy.keep_drafts, partial(_forms, table=KeptForm)),
        (policy.keep_imports, partial(_imports, state=ImportState.WRITTEN)),
        (policy.keep_imports, partial(_imports, state=ImportState.UNDONE)),
        (HANDLED, _updates),
    ]
    for kept, work in works:
        if not kept:
            continue
        for _ in range(pages):
            done = await db.transact(partial(work, before=now - kept, limit=page))
            removed += done
            if done < page:
                break
    return removed


async def overdue(session: AsyncSession, policy: Policy, *, now: datetime) -> list[str]:
    """What is kept longer than it should be by a week: the schedule does not run, or stumbles. For the doctor."""
    found = []
    ended = (Order.scrubbed_at.is_(None), Order.status.in_(ENDED))
    if policy.keep_orders:
        query = select(Order.id).where(*ended, Order.updated_at <= now - policy.keep_orders - LATE)
        if (order_id := await session.scalar(query.order_by(Order.updated_at, Order.id).limit(1))) is not None:
            found.append(f"order {order_id} ended long ago and has its address still")
    if policy.keep_messages:
        first = (await session.execute(select(Message.id, Message.created_at).order_by(Message.id).limit(1))).first()
        if first is not None and first.created_at <= now - policy.keep_messages - LATE:
            found.append(f"message {first.id} is older than messages are kept")
    return found


async def _finish_departures(db: Database, clock: Clock, policy: Policy, limit: int) -> int:
    """Scrub those who left, until an hour after they did: then nothing of theirs was under way any more."""
    waits = Departure.scrubbed_at.is_(None)
    async with db.read() as session:
        order = along(session, [Departure.scrubbed_at], [Departure.left_at])
        found = list(await session.scalars(select(Departure).where(waits).order_by(*order).limit(limit)))
    for departure in found:
        await scrub(db, departure, clock, policy)
        if departure.left_at <= clock.now() - SETTLED:
            await db.transact(partial(_note_scrubbed, person_id=departure.user_id, now=clock.now()))
    return len(found)


async def _note_scrubbed(session: AsyncSession, *, person_id: int, now: datetime) -> None:
    mine = (Departure.user_id == person_id, Departure.scrubbed_at.is_(None))
    await changed(session, update(Departure).where(*mine).values(scrubbed_at=now))


async def _orders(session: AsyncSession, *, before: datetime, limit: int, now: datetime) -> int:
    """Addresses and texts of orders that ended; one that is open keeps them, however old it is."""
    order = along(session, [Order.scrubbed_at], [Order.updated_at, Order.id])
    old = select(Order.id, Order.status).where(Order.scrubbed_at.is_(None), Order.updated_at <= before)
    rows = (await session.execute(old.where(Order.status.in_(ENDED)).order_by(*order).limit(limit))).all()
    if rows:
        await scrub_orders(session, [row.id for row in rows], now=now)
    return len(rows)


async def _events(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """What providers said, once it was booked: none of them says it again after so long."""
    old = (PaymentEvent.processed_at.is_not(None), PaymentEvent.processed_at <= before)
    return await _delete(session, PaymentEvent.id, old, PaymentEvent.processed_at, limit)


async def _updates(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """What Telegram said about money, with the address that it came with."""
    old = (TelegramUpdate.done_at.is_not(None), TelegramUpdate.done_at <= before)
    return await _delete(session, TelegramUpdate.update_id, old, TelegramUpdate.done_at, limit)


async def _messages(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Messages are as old as their ids: the first ones are looked at, and no index by time is needed."""
    first = select(Message.id, Message.created_at).order_by(Message.id).limit(limit)
    ids = [row.id for row in await session.execute(first) if row.created_at <= before]
    if ids:
        await changed(session, delete(Message).where(Message.id.in_(ids)))
    return len(ids)


async def _forms(session: AsyncSession, *, table: type[Dialog] | type[KeptForm], before: datetime, limit: int) -> int:
    """What was begun and never ended."""
    old = select(table).where(table.updated_at <= before).order_by(table.updated_at).limit(limit)
    rows = list(await session.scalars(old))
    for row in rows:
        await session.delete(row)
    await session.flush()
    return len(rows)


async def _imports(session: AsyncSession, *, state: ImportState, before: datetime, limit: int) -> int:
    """Lists of products that were taken in: what they were called, and what could not be put back."""
    first = select(ImportRun.id, ImportRun.started_at).where(ImportRun.state == state).order_by(ImportRun.id)
    ids = [row.id for row in await session.execute(first.limit(limit)) if row.started_at <= before]
    if ids:
        await changed(session, delete(ImportChange).where(ImportChange.run_id.in_(ids)))
        await changed(session, delete(ImportRun).where(ImportRun.id.in_(ids)))
    return len(ids)


async def _delete(
    session: AsyncSession,
    key: InstrumentedAttribute[int],
    old: tuple[ColumnElement[bool], ...],
    by: InstrumentedAttribute[Any],
    limit: int,
) -> int:
    ids = list(await session.scalars(select(key).where(*old).order_by(by).limit(limit)))
    if ids:
        await changed(session, delete(key.class_).where(key.in_(ids)))
    return len(ids)

"""Broadcasts as their seller keeps them: written, sized, started, stopped, and what came of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    Broadcast,
    BroadcastRecipient,
    BroadcastState,
    NewsOptout,
    Order,
    OrderStatus,
    RecipientState,
    User,
)
from db.writes import changed
from shop.broadcasts.audience import audience, part_of
from shop.people import events, optouts
from shop.people.permissions import By, Permission, ask
from shop.refusals import CannotRead, NotFound

MOST_PARTS = 3
AFTERWARDS = timedelta(days=7)
FURTHEST = timedelta(days=366)  # that one waits for its time


class Figures(Struct, frozen=True):
    """How many copies are in which state; who ordered within a week of theirs, who refused news after it."""

    states: Mapping[RecipientState, int]
    bought: int = 0
    refused: int = 0


class Standing(Struct, frozen=True):
    """A broadcast, how many it would reach now, and what came of it."""

    broadcast: Broadcast
    size: int
    figures: Figures


class Written(Struct, frozen=True):
    """What shall go out: plain text, the same as Telegram HTML where it is formatted, a photo of a bot's."""

    text: str
    html: str | None = None
    photo_file_id: str | None = None
    photo_bot_id: int | None = None


async def create(session: AsyncSession, by: By, written: Written, *, now: datetime) -> Broadcast:
    """Write a draft; an operator's is for everybody who ever wrote to the shop. Raises NotPermitted."""
    acting = ask(by, Permission.PROMOTION)
    made = Broadcast(
        owner_id=acting.only or 0,
        text=written.text,
        html=written.html,
        photo_file_id=written.photo_file_id,
        photo_bot_id=written.photo_bot_id,
        segment=[],
        actor=acting.actor,
        created_at=now,
    )
    session.add(made)
    await session.flush()
    return made


async def listed(session: AsyncSession, by: By, *, before: int | None, limit: int) -> list[Broadcast]:
    """The newest first, those before an id. Raises NotPermitted."""
    query = select(Broadcast).where(*_mine(by)).order_by(Broadcast.id.desc()).limit(limit)
    return list(await session.scalars(query if before is None else query.where(Broadcast.id < before)))


async def look(session: AsyncSession, by: By, broadcast_id: int, *, now: datetime) -> Standing:
    """One of them. Raises NotFound, NotPermitted."""
    one = await session.scalar(select(Broadcast).where(Broadcast.id == broadcast_id, *_mine(by)))
    if one is None:
        raise NotFound(broadcast_id=broadcast_id)
    return await standing(session, one, now=now)


async def standing(session: AsyncSession, one: Broadcast, *, now: datetime) -> Standing:
    """How it stands: of a draft, how many it would reach; of another, what came of it so far."""
    if one.state is BroadcastState.DRAFT:
        size = select(func.count(User.id)).where(audience(one.owner_id, one.segment, now))
        return Standing(one, int(await session.scalar(size) or 0), Figures({}))
    return Standing(one, 0, await _figures(session, one))


async def set_part(
    session: AsyncSession, by: By, broadcast_id: int, part: str, *, chosen: bool, now: datetime
) -> Standing:
    """The people of a draft have this in common, or need not; the newest MOST_PARTS stay. Raises NotFound."""
    found = await look(session, by, broadcast_id, now=now)
    try:
        part_of(part)
    except ValueError as error:
        raise NotFound(broadcast_id=broadcast_id) from error
    kind = part.partition("-")[0]  # of two products, or of two spans, the newest counts
    others = [one for one in found.broadcast.segment if one.partition("-")[0] != kind]
    segment = [*others, part][-MOST_PARTS:] if chosen else others
    draft = (Broadcast.id == broadcast_id, Broadcast.state == BroadcastState.DRAFT)
    if await changed(session, update(Broadcast).where(*draft).values(segment=segment)):
        await session.refresh(found.broadcast)
    return await look(session, by, broadcast_id, now=now)


async def start(session: AsyncSession, by: By, broadcast_id: int, *, now: datetime) -> bool:
    """A draft begins to go out; whether this call began it. Raises NotFound, NotPermitted."""
    return await _move(session, by, broadcast_id, BroadcastState.DRAFT, BroadcastState.RUNNING, now=now)


async def schedule(session: AsyncSession, by: By, broadcast_id: int, at: datetime | None, *, now: datetime) -> bool:
    """A draft goes out by itself from `at` on (aware UTC; None: not by itself); whether this call changed that.

    Raises CannotRead for a time that is past or too far away, NotFound, NotPermitted.
    """
    acting = ask(by, Permission.PROMOTION)
    if at is not None and not now < at <= now + FURTHEST:
        raise CannotRead(field="broadcast", given="", hint="day_past" if at <= now else "day_far")
    mine = (Broadcast.id == broadcast_id, *_mine(by))
    if await session.scalar(select(Broadcast.id).where(*mine)) is None:
        raise NotFound(broadcast_id=broadcast_id)
    draft = update(Broadcast).where(*mine, Broadcast.state == BroadcastState.DRAFT)
    if not await changed(session, draft.values(starts_at=at)):
        return False
    action = "broadcast.scheduled" if at is not None else "broadcast.unscheduled"
    subject, data = f"broadcast:{broadcast_id}", {"starts_at": [None, at.isoformat() if at is not None else None]}
    events.write(session, acting.actor, action, subject, owner_id=acting.only, data=data, now=now)
    return True


async def show_in(session: AsyncSession, broadcast_id: int, chat_id: int, message_id: int) -> None:
    """A message shows from now on how far it is, while it goes out."""
    going = (Broadcast.id == broadcast_id, Broadcast.state == BroadcastState.RUNNING)
    await changed(session, update(Broadcast).where(*going).values(shown_to=chat_id, shown_in=message_id))


async def show_no_more(session: AsyncSession, chat_id: int, message_id: int) -> None:
    """A message shows something else now."""
    here = (Broadcast.state == BroadcastState.RUNNING, Broadcast.shown_to == chat_id, Broadcast.shown_in == message_id)
    await changed(session, update(Broadcast).where(*here).values(shown_to=None, shown_in=None))


async def set_running(session: AsyncSession, by: By, broadcast_id: int, *, running: bool, now: datetime) -> bool:
    """It goes on, or goes out no more; whether this call changed that. Raises NotFound, NotPermitted."""
    states = (BroadcastState.STOPPED, BroadcastState.RUNNING)
    before, after = states if running else states[::-1]
    return await _move(session, by, broadcast_id, before, after, now=now)


async def _move(
    session: AsyncSession, by: By, broadcast_id: int, before: BroadcastState, after: BroadcastState, *, now: datetime
) -> bool:
    acting = ask(by, Permission.PROMOTION)
    mine = (Broadcast.id == broadcast_id, *_mine(by))
    if await session.scalar(select(Broadcast.id).where(*mine)) is None:
        raise NotFound(broadcast_id=broadcast_id)
    values: dict[str, object] = {"state": after}
    if before is BroadcastState.DRAFT:
        values["started_at"] = now
    if not await changed(session, update(Broadcast).where(*mine, Broadcast.state == before).values(values)):
        return False
    action = "broadcast.stopped" if after is BroadcastState.STOPPED else "broadcast.started"
    subject = f"broadcast:{broadcast_id}"
    events.write(session, acting.actor, action, subject, owner_id=acting.only, data={}, now=now)
    return True


async def _figures(session: AsyncSession, one: Broadcast) -> Figures:
    copies = BroadcastRecipient.broadcast_id == one.id
    counted = select(BroadcastRecipient.state, func.count()).where(copies).group_by(BroadcastRecipient.state)
    states = {row[0]: int(row[1]) for row in await session.execute(counted)}
    told = (copies, BroadcastRecipient.state == RecipientState.SENT)
    began = one.started_at or one.created_at
    bought = (
        select(func.count(func.distinct(Order.id)))
        .join(BroadcastRecipient, BroadcastRecipient.user_id == Order.user_id)
        .where(*told, Order.status != OrderStatus.CANCELLED, Order.created_at >= BroadcastRecipient.updated_at)
        .where(Order.created_at < (one.ended_at or began) + AFTERWARDS)
    )
    if one.owner_id:
        bought = bought.where(Order.owner_id == one.owner_id)
    refused = (
        select(func.count(NewsOptout.id))
        .join(BroadcastRecipient, BroadcastRecipient.user_id == NewsOptout.user_id)
        .where(*told, NewsOptout.kind == optouts.BROADCASTS, NewsOptout.owner_id == one.owner_id)
        .where(NewsOptout.created_at >= BroadcastRecipient.updated_at)
    )
    return Figures(states, int(await session.scalar(bought) or 0), int(await session.scalar(refused) or 0))


def _mine(by: By) -> tuple[ColumnElement[bool], ...]:
    only = ask(by, Permission.PROMOTION).only
    return () if only is None else (Broadcast.owner_id == only,)

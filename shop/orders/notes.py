"""Notes that a seller's side keeps about an order: written, changed and removed by whoever sees to its orders."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, OrderNote, User
from db.numbers import read_id
from db.writes import changed
from shop.forms.writing import clean
from shop.orders import moves
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import CannotRead, NotFound

LENGTH = 500  # characters of a note
MOST = 12  # notes of an order


class Noted(Struct, frozen=True):
    """A note with the name of who wrote it last."""

    note: OrderNote
    who: str


async def of_order(
    session: AsyncSession, by: By, order_id: int, *, before: int | None = None, limit: int = 4
) -> Sequence[Noted]:
    """The notes about one of the seller's orders, newest first, before a note's id. Raises NotFound."""
    acting = ask(by, Permission.ORDERS)
    await _order(session, acting, order_id)
    query = select(OrderNote).where(OrderNote.order_id == order_id, *_visible(acting))
    if before is not None:
        query = query.where(OrderNote.id < before)
    found = list(await session.scalars(query.order_by(OrderNote.id.desc()).limit(limit)))
    names = await names_of(session, [note.actor for note in found])
    return [Noted(note, names.get(note.actor, "")) for note in found]


async def get(session: AsyncSession, by: By, note_id: int) -> OrderNote:
    """One note. Raises NotFound."""
    acting = ask(by, Permission.ORDERS)
    note = await session.scalar(select(OrderNote).where(OrderNote.id == note_id, *_visible(acting)))
    if note is None:
        raise NotFound(note_id=note_id)
    await _order(session, acting, note.order_id)
    return note


async def add(session: AsyncSession, by: By, order_id: int, text: str, *, now: datetime) -> None:
    """Note something about the order. Raises NotFound, CannotRead (empty, too long, or enough is noted)."""
    acting, text = ask(by, Permission.ORDERS), _read(text)
    order = await _order(session, acting, order_id, lock=True)  # or two at once would both be the last that fits
    kept = select(func.count()).where(OrderNote.order_id == order_id, OrderNote.owner_id == order.owner_id)
    if (await session.scalar(kept) or 0) >= MOST:
        raise CannotRead(field="note", given="", hint="notes_full", limit=MOST)
    values = {"text": text, "actor": acting.actor, "created_at": now, "updated_at": now}
    session.add(OrderNote(order_id=order_id, owner_id=order.owner_id, **values))
    moves.note(session, acting, order, "order.noted", {"note": events.pair("", text)}, now)


async def change(session: AsyncSession, by: By, note_id: int, text: str, *, now: datetime) -> int:
    """Write a note anew; the number of its order. Raises NotFound, CannotRead."""
    acting, text = ask(by, Permission.ORDERS), _read(text)
    note = await get(session, acting, note_id)
    order = await _order(session, acting, note.order_id)
    if text != note.text:
        before = note.text
        values = {"text": text, "actor": acting.actor, "updated_at": now}
        if not await changed(session, update(OrderNote).where(OrderNote.id == note_id).values(values)):
            raise NotFound(note_id=note_id)
        moves.note(session, acting, order, "order.noted", {"note": events.pair(before, text)}, now)
    return order.id


async def remove(session: AsyncSession, by: By, note_id: int, *, now: datetime) -> int:
    """Keep a note no longer; the number of its order. Raises NotFound, also when somebody else removed it."""
    acting = ask(by, Permission.ORDERS)
    note = await get(session, acting, note_id)
    order = await _order(session, acting, note.order_id)
    if not await changed(session, delete(OrderNote).where(OrderNote.id == note_id)):
        raise NotFound(note_id=note_id)
    moves.note(session, acting, order, "order.noted", {"note": events.pair(note.text, "")}, now)
    return order.id


async def names_of(session: AsyncSession, actors: Sequence[str]) -> dict[str, str]:
    """The names behind actors such as "owner:7"; what is no person has none. One statement."""
    people = {actor: read_id(actor.partition(":")[2]) for actor in set(actors)}
    wanted = {number for number in people.values() if number is not None}
    if not wanted:
        return {}
    rows = await session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    called = {row.id: row.name for row in rows}
    return {actor: called[number] for actor, number in people.items() if number in called}


def _visible(acting: Acting) -> tuple[ColumnElement[bool], ...]:
    """An order may be handed to another seller, and what was noted before is not theirs to read."""
    return () if acting.everything else (OrderNote.owner_id == acting.owner_id,)


def _read(text: str) -> str:
    text = clean(text)
    if not text:
        raise CannotRead(field="note", given="", hint="empty")
    if len(text) > LENGTH:
        raise CannotRead(field="note", given=text[:40], hint="too_long", limit=LENGTH)
    return text


async def _order(session: AsyncSession, acting: Acting, order_id: int, *, lock: bool = False) -> Order:
    query = select(Order).where(Order.id == order_id)
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    order = await session.scalar(query.with_for_update() if lock else query)
    if order is None:
        raise NotFound(order_id=order_id)
    return order

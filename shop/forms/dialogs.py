"""Forms in progress: one a person, kept in a row, so that a restart or another replica goes on where they were.

A form that was left may be set aside until the person comes back to it: one of each kind.
"""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete, select
from sqlalchemy import update as sql_update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Dialog, KeptForm, User
from db.prepared import PreparedRead
from db.session import Database
from db.writes import changed, insert_once

_CURRENT = select(Dialog).where(Dialog.user_id == bindparam("person")).execution_options(populate_existing=True)
_OPEN = PreparedRead(
    select(Dialog.kind, Dialog.step, Dialog.message_id, Dialog.update_id, Dialog.updated_at).where(
        Dialog.user_id == bindparam("person")
    )
)
_END = delete(Dialog).where(Dialog.user_id == bindparam("person"))
_END_KIND = _END.where(Dialog.kind == bindparam("kind"))
_KEPT = select(KeptForm).where(KeptForm.user_id == bindparam("person"), KeptForm.kind == bindparam("kind"))
_FORGET = delete(KeptForm).where(KeptForm.user_id == bindparam("person"), KeptForm.kind == bindparam("kind"))


class OpenForm(Struct, frozen=True):
    """Which form is in progress and at which of its steps; which message asks, and which update led to that."""

    kind: str
    step: str
    message_id: int | None
    update_id: int | None
    updated_at: datetime


async def start(
    session: AsyncSession,
    user: User,
    kind: str,
    step: str,
    data: dict[str, Any] | None = None,
    *,
    message_id: int | None = None,
    now: datetime,
) -> Dialog:
    """Begin a form; one that was in progress is forgotten. `message_id`: the message that shows it."""
    values: dict[str, Any] = {
        "kind": kind,
        "step": step,
        "data": data or {},
        "message_id": message_id,
        "update_id": None,
        "updated_at": now,
    }
    if not await changed(session, sql_update(Dialog).where(Dialog.user_id == user.id).values(values)):
        await insert_once(session, Dialog, user_id=user.id, **values)
    return await _read(session, user)


async def current(session: AsyncSession, user: User) -> Dialog | None:
    """The form that the person is filling in."""
    return await session.scalar(_CURRENT, {"person": user.id})


async def open_form(db: Database, user: User) -> OpenForm | None:
    """Which form the person is filling in; one prepared statement."""
    rows = await db.look(_OPEN, {"person": user.id})
    return OpenForm(*rows[0]) if rows else None


async def update(
    session: AsyncSession,
    user: User,
    *,
    step: str,
    data: dict[str, Any] | None = None,
    kind: str | None = None,
    message_id: int | None = None,
    now: datetime,
) -> bool:
    """Go to a step (or back) with everything said so far; False when no form (of this kind) is in progress.

    Without `data`, what was said stays as it is.
    """
    values: dict[str, Any] = {"step": step, "updated_at": now}
    if data is not None:
        values["data"] = data
    if message_id is not None:
        values["message_id"] = message_id
    mine = sql_update(Dialog).where(Dialog.user_id == user.id)
    if kind is not None:
        mine = mine.where(Dialog.kind == kind)
    return await changed(session, mine.values(values)) == 1


async def shown(session: AsyncSession, user: User, kind: str, *, message_id: int, update_id: int) -> bool:
    """Note which message asks now, and the update that it answers; False when no form of this kind is in progress."""
    mine = sql_update(Dialog).where(Dialog.user_id == user.id, Dialog.kind == kind)
    return await changed(session, mine.values(message_id=message_id, update_id=update_id)) == 1


async def finish(session: AsyncSession, user: User, kind: str | None = None) -> bool:
    """End the form (only one of this kind, if given): done or cancelled; False when there was none."""
    if kind is None:
        return await changed(session, _END, {"person": user.id}) == 1
    return await changed(session, _END_KIND, {"person": user.id, "kind": kind}) == 1


async def keep(session: AsyncSession, user: User, kind: str, step: str, data: dict[str, Any], *, now: datetime) -> None:
    """Write down what was said, out of the way of whatever is asked next; it takes the place of the one before."""
    values: dict[str, Any] = {"step": step, "data": data, "order_id": data.get("order_id") or None, "updated_at": now}
    mine = sql_update(KeptForm).where(KeptForm.user_id == user.id, KeptForm.kind == kind)
    if not await changed(session, mine.values(values)):
        await insert_once(session, KeptForm, user_id=user.id, kind=kind, **values)


async def kept(session: AsyncSession, user: User, kind: str) -> KeptForm | None:
    """What was kept of this kind."""
    return await session.scalar(_KEPT, {"person": user.id, "kind": kind})


async def kept_of(session: AsyncSession, user: User, *kinds: str) -> dict[str, KeptForm]:
    """What was kept of these kinds, by kind. One statement."""
    query = select(KeptForm).where(KeptForm.user_id == user.id, KeptForm.kind.in_(kinds))
    return {form.kind: form for form in await session.scalars(query)}


async def forget(session: AsyncSession, user: User, kind: str) -> None:
    """Keep nothing of this kind any more."""
    await changed(session, _FORGET, {"person": user.id, "kind": kind})


async def keeps_anything(session: AsyncSession, user: User) -> bool:
    """Whether something waits for the person to come back to it."""
    return await session.scalar(select(KeptForm.kind).where(KeptForm.user_id == user.id).limit(1)) is not None


async def set_aside(session: AsyncSession, user: User, kind: str, *, now: datetime) -> None:
    """Leave the form of this kind, if it is in progress: it waits, and nothing is asked any more."""
    form = await current(session, user)
    if form is None or form.kind != kind:
        return
    await keep(session, user, kind, form.step, form.data, now=now)
    await finish(session, user, kind)


async def take_up(session: AsyncSession, user: User, kind: str, *, now: datetime) -> Dialog | None:
    """Go on with the form of this kind that waits; None when there is none."""
    waiting = await kept(session, user, kind)
    if waiting is None:
        return None
    step, data = waiting.step, waiting.data
    await forget(session, user, kind)
    return await start(session, user, kind, step, data, now=now)


async def _read(session: AsyncSession, user: User) -> Dialog:
    return (await session.scalars(_CURRENT, {"person": user.id})).one()
